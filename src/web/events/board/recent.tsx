import { Button } from 'antd'
import { useState } from 'react'
import { type Board, type EventDetail, listTransfers, type Transfer } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { momentText, periodText } from '../../core/time.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { takeBack } from './moving.ts'

const shown = 10

/** The latest moves, of everybody: what can still be taken back is, also after a reload or in another tab. */
export function Recent({ event, board }: { event: EventDetail; board: Board }) {
  const { w, language } = useWords()
  const { board: b } = w
  const [error, setError] = useState<unknown>()
  const found = useAsk(
    listTransfers,
    { params: { eventId: event.id }, query: { limit: shown } },
    { every: () => 15_000 },
  )
  const transfers = found.data?.items ?? []
  if (transfers.length === 0) return null
  const undo = async (transfer: Transfer) => {
    setError(undefined)
    try {
      const { stayed } = await takeBack(transfer.id)
      tellDone({ text: b.undone(stayed?.reduce((sum, { people }) => sum + people, 0) ?? 0) })
    } catch (failed) {
      setError(failed)
    }
  }
  const columns: Column<Transfer>[] = [
    {
      key: 'when',
      title: b.when,
      cell: ({ createdAt }) => (
        <span className="nowrap">{momentText(createdAt, event.timeZone, language)}</span>
      ),
    },
    { key: 'by', title: b.by, cell: ({ by }) => <Given>{by.name}</Given> },
    {
      key: 'what',
      title: b.what,
      names: true,
      cell: ({ moves }) => (
        <ul>
          {moves.map((move) => (
            <li key={`${move.team.id} ${move.fromShiftId} ${move.toShiftId}`}>
              <Given>{move.team.name}</Given> {b.heads(move.people + move.heads)}
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: 'to',
      title: b.fromTo,
      cell: ({ moves }) => (
        <ul>
          {moves.map((move) => (
            <li key={`${move.team.id} ${move.fromShiftId} ${move.toShiftId}`}>
              {move.fromShiftId === null ? (
                b.noPlace
              ) : (
                <Where board={board} event={event} shiftId={move.fromShiftId} />
              )}
              {' → '}
              <Where board={board} event={event} shiftId={move.toShiftId} />
            </li>
          ))}
        </ul>
      ),
    },
    {
      key: 'state',
      title: b.state,
      cell: (transfer) =>
        transfer.undoable ? (
          <Button size="small" onClick={() => void undo(transfer)}>
            {w.common.undo}
          </Button>
        ) : (
          <span className="soft">{transfer.undoneAt ? b.wasUndone : b.wasTold}</span>
        ),
    },
  ]
  return (
    <>
      {error !== undefined && <Trouble error={error} />}
      <section className="panel table" aria-label={b.recent}>
        <h2 className="padded">{b.recent}</h2>
        <DataTable caption={b.recent} columns={columns} rows={transfers} keyOf={({ id }) => id} />
      </section>
    </>
  )
}

/** A shift by its zone and time. */
export function Where({ board, event, shiftId }: { board: Board; event: EventDetail; shiftId: string }) {
  const { language } = useWords()
  const at = board.shifts.ids.indexOf(shiftId)
  if (at < 0) return <>—</>
  const time = board.shifts.times[at]!
  return (
    <span>
      <Given>{board.zones.names[board.shifts.zones[at]!] ?? ''}</Given>{' '}
      {periodText(board.times.starts[time]!, board.times.ends[time]!, event.timeZone, language)}
    </span>
  )
}
