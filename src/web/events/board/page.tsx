import { Button } from 'antd'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type Board as BoardView, type EventDetail, readBoard, type Transfer } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { DistrictFilter } from '../../grid/district-filter.tsx'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Arriving, Empty, Trouble } from '../../ui/office/page.tsx'
import { SearchBox } from '../../ui/office/search-box.tsx'
import { tellDone, undoLast } from '../../ui/office/undo-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { BoardGrid } from './grid.tsx'
import { Help } from './help.tsx'
import { cellsOf, filtered, nextGap, type Party, partiesOf, type Row, rowsOf, type Spot } from './layout.ts'
import { MoveDialog } from './move-dialog.tsx'
import { type Carried, takeBack, useMovement, useWhyNot } from './moving.ts'
import { Recent } from './recent.tsx'
import { Side } from './side.tsx'

/** Is every place filled, and by whom? */
export function Component() {
  const { w } = useWords()
  return (
    <EventPage
      help="board"
      title={w.board.title}
      question={w.board.question}
      acts={(event) => <LinkButton to={paths.eventStep(event.id, 'shifts')} text={w.board.asList} />}
    >
      {(event) => <Board event={event} />}
    </EventPage>
  )
}

/** How often others’ moves are looked for. */
const everyMs = 15_000

function Board({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const found = useAsk(readBoard, { params: { eventId: event.id } }, { every: () => everyMs })
  const board = found.data?.eventId === event.id ? found.data : undefined
  if (!board) {
    return <Arriving found={found} />
  }
  if (board.shifts.ids.length === 0) {
    return (
      <div className="panel">
        <Empty
          text={w.board.empty}
          act={<LinkButton to={paths.eventStep(event.id, 'shifts')} text={w.board.toShifts} />}
        />
      </div>
    )
  }
  return <Places event={event} board={board} />
}

/** Lines keep their place while somebody works on them: only another filter orders them anew. */
function useRows(board: BoardView, filter: string): Row[] {
  const order = useRef({ filter, keys: new Map<string, number>() })
  return useMemo(() => {
    const rows = rowsOf(board)
    if (order.current.filter !== filter || order.current.keys.size === 0) {
      order.current = { filter, keys: new Map(rows.map(({ key }, at) => [key, at])) }
    }
    const { keys } = order.current
    const place = ({ key }: Row) => keys.get(key) ?? rows.length
    return [...rows].sort((a, b) => place(a) - place(b))
  }, [board, filter])
}

function Places({ event, board }: { event: EventDetail; board: BoardView }) {
  const speech = useWords()
  const { w } = speech
  const { search, set } = useFilters()
  const mayMove = useStore(me)?.permissions.includes('mobilization.edit') === true && isOpen(event)
  const filter = ['search', 'districtCode', 'below'].map((name) => search.get(name) ?? '').join(' ')
  const all = useRows(board, filter)
  const rows = useMemo(
    () =>
      filtered(all, {
        search: search.get('search') ?? '',
        districtCode: search.get('districtCode') ?? '',
        ...(search.get('below') ? { below: search.get('below') as 'min' | 'target' } : {}),
      }),
    [all, search],
  )
  const parties = useMemo(() => partiesOf(board), [board])
  const shiftAt = useMemo(() => new Map(board.shifts.ids.map((id, at) => [id, at])), [board])
  const [spot, setSpot] = useState<Spot>({ row: 0, column: 0 })
  const [carried, setCarried] = useState<Carried>()
  const [help, setHelp] = useState(false)
  const whyNot = useWhyNot(event.id, carried)
  const movement = useMovement(event, board)
  const openShift = search.get('shift')
  const opened = openShift === null ? undefined : shiftAt.get(openShift)
  const columns = board.times.starts.length
  useEffect(() => {
    // A filter may leave fewer lines than there were.
    setSpot((last) => (last.row < rows.length ? last : { ...last, row: Math.max(0, rows.length - 1) }))
  }, [rows.length])
  const sizeOf = (who: Carried): number => {
    if (who.assignmentIds) return who.assignmentIds.length
    if (who.fromShiftId === null) return (who.people ?? 0) + (who.heads ?? 0)
    const own = parties.get(shiftAt.get(who.fromShiftId) ?? -1)?.find(({ teamId }) => teamId === who.teamId)
    return own ? own.named + own.heads : 0
  }
  const told = (done: Transfer | undefined) => {
    if (!done) return
    setCarried(undefined)
    tellDone({
      text: w.board.moved(done.people + done.heads, done.tellsAt !== null),
      undo: async () =>
        w.board.undone((await takeBack(done.id)).stayed?.reduce((sum, { people }) => sum + people, 0) ?? 0),
    })
  }
  const dropOn = (shiftId: string, who = carried) => {
    if (!who || shiftId === who.fromShiftId || whyNot?.has(shiftId)) return
    void movement.propose(who, shiftId, sizeOf(who)).then(told)
  }
  const carryFrom = (shiftId: string) => {
    const party = parties.get(shiftAt.get(shiftId) ?? -1)?.[0]
    if (party && mayMove) setCarried(carriedOf(party, shiftId))
  }
  const press = (pressed: KeyboardEvent) => {
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return
    const cell = rows[spot.row]?.cells[spot.column]
    const acts: Record<string, (() => void) | undefined> = {
      Escape: carried ? () => setCarried(undefined) : undefined,
      m: cell && mayMove && !carried ? () => carryFrom(cell.shiftId) : undefined,
      g: () => {
        const gap = nextGap(rows, columns, spot)
        if (gap) setSpot(gap)
      },
      u: () => void undoLast(speech),
      '/': () => document.getElementById('free-team')?.focus(),
      '?': () => setHelp(true),
    }
    const act = acts[pressed.key]
    if (!act) return
    pressed.preventDefault()
    act()
  }
  const open = useCallback((shiftId: string) => set({ shift: shiftId }), [set])
  return (
    <>
      <Figures board={board} />
      <BoardFilters />
      {board.partial && <p className="note">{w.board.partial}</p>}
      {carried && (
        <p className="carrying" role="status">
          <span>
            {w.board.carrying} <Given>{carried.name}</Given> {w.board.heads(sizeOf(carried))}
          </span>
          <span className="soft">{w.board.carryingHow}</span>
          <Button size="small" onClick={() => setCarried(undefined)}>
            {w.board.putDown}
          </Button>
        </p>
      )}
      {movement.error !== undefined && <Trouble error={movement.error} />}
      <div className="with-side">
        {rows.length === 0 ? (
          <div className="panel">
            <Empty text={w.board.emptyFiltered} act={<ClearFilters />} />
          </div>
        ) : (
          <BoardGrid
            rows={rows}
            times={board.times}
            timeZone={event.timeZone}
            spot={spot}
            onSpot={setSpot}
            pending={movement.pending}
            whyNot={whyNot}
            fromShiftId={carried?.fromShiftId}
            onOpen={(cell) => (carried ? dropOn(cell.shiftId) : open(cell.shiftId))}
            onKey={press}
            onDragFrom={(cell) => carryFrom(cell.shiftId)}
            onDropOn={(cell) => dropOn(cell.shiftId)}
            onDragEnd={() => setCarried(undefined)}
          />
        )}
        <Side
          event={event}
          board={board}
          cell={opened === undefined ? undefined : cellsOf(board)[opened]}
          parties={opened === undefined ? [] : (parties.get(opened) ?? [])}
          mayMove={mayMove}
          carry={setCarried}
          place={(who) => openShift && dropOn(openShift, who)}
          help={() => setHelp(true)}
        />
      </div>
      {mayMove && <Recent event={event} board={board} />}
      {movement.asking && <MoveDialog event={event} board={board} movement={movement} told={told} />}
      {help && <Help close={() => setHelp(false)} />}
    </>
  )
}

const isOpen = ({ state }: EventDetail) => state === 'draft' || state === 'published'

export function carriedOf({ teamId, name }: Party, fromShiftId: string): Carried {
  return { teamId, name, fromShiftId }
}

function Figures({ board }: { board: BoardView }) {
  const { w } = useWords()
  const { set } = useFilters()
  const { taken, target, below, low } = useMemo(() => {
    const cells = cellsOf(board)
    return {
      taken: cells.reduce((sum, cell) => sum + cell.taken, 0),
      target: cells.reduce((sum, cell) => sum + cell.target, 0),
      below: cells.filter((cell) => cell.taken < cell.target).length,
      low: cells.filter((cell) => cell.taken < cell.min).length,
    }
  }, [board])
  return (
    <section className="figures panel" aria-label={w.board.figures}>
      <div>
        <strong>{taken}</strong>
        <span>{w.board.ofTarget(target)}</span>
      </div>
      <div>
        <Button type="link" onClick={() => set({ below: 'min' })}>
          <strong className={low > 0 ? 'bad' : undefined}>{low}</strong>
          <span>{w.board.belowMin}</span>
        </Button>
      </div>
      <div>
        <Button type="link" onClick={() => set({ below: 'target' })}>
          <strong>{below}</strong>
          <span>{w.board.belowTarget}</span>
        </Button>
      </div>
    </section>
  )
}

function BoardFilters() {
  const { w } = useWords()
  const { search, set } = useFilters()
  return (
    <search className="filters">
      <SearchBox
        label={w.board.zone}
        value={search.get('search') ?? ''}
        onSearch={(value) => set({ search: value })}
      />
      <DistrictFilter />
      <Choice
        label={w.board.filled}
        all={w.board.anyFilled}
        options={[
          { value: 'min', label: w.board.belowMin },
          { value: 'target', label: w.board.belowTarget },
        ]}
        value={search.get('below')}
        onChange={(below) => set({ below })}
      />
      <ClearFilters />
    </search>
  )
}
