import { Button, Modal } from 'antd'
import { useState } from 'react'
import { transferRefusals } from '#modules/mobilization/words.ts'
import { type Board, type EventDetail, readBoard, type Transfer } from '../../api/operations.ts'
import { readAgain } from '../../core/query.ts'
import { isRefusal } from '../../core/refused.ts'
import { Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import type { Movement } from './moving.ts'
import { Where } from './recent.tsx'

interface Props {
  event: EventDetail
  board: Board
  movement: Movement
  told: (done: Transfer) => void
}

/** What a move would do, before it is done: who goes, who stays and why, how full both shifts are, and who is told. */
export function MoveDialog({ event, board, movement, told }: Props) {
  const { w, say } = useWords()
  const { board: b } = w
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const preview = movement.asking?.preview
  if (!preview) return null
  const trying = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setError(undefined)
    try {
      await work()
    } catch (failed) {
      setError(failed)
      await readAgain(readBoard)
    }
    setBusy(false)
  }
  const outdated = isRefusal(error, 412)
  const goes = preview.people + preview.heads
  return (
    <Modal
      open
      title={b.moveTitle}
      onCancel={movement.drop}
      closable={{ 'aria-label': w.common.close }}
      footer={[
        <Button key="close" onClick={movement.drop}>
          {w.common.back}
        </Button>,
        outdated ? (
          <Button key="again" type="primary" loading={busy} onClick={() => void trying(movement.lookAgain)}>
            {b.lookAgain}
          </Button>
        ) : (
          <Button
            key="act"
            type="primary"
            loading={busy}
            disabled={goes === 0}
            onClick={() => void trying(async () => told(await movement.act()))}
          >
            {b.moveAct(goes)}
          </Button>
        ),
      ]}
    >
      <div className="stack">
        {preview.moves.map((move) => (
          <div key={`${move.team.id} ${move.fromShiftId} ${move.toShiftId}`}>
            <p>
              <strong>
                <Given>{move.team.name}</Given> {b.heads(move.people + move.heads)}
              </strong>
            </p>
            <p>
              {move.fromShiftId === null ? (
                b.noPlace
              ) : (
                <Where board={board} event={event} shiftId={move.fromShiftId} />
              )}
              {' → '}
              <Where board={board} event={event} shiftId={move.toShiftId} />
            </p>
            {move.refused.length > 0 && (
              <ul className="dots bad">
                {move.refused.map(({ because, people }) => (
                  <li key={because}>{b.stay(people, say(transferRefusals[because]))}</li>
                ))}
              </ul>
            )}
          </div>
        ))}
        {preview.refused.length > 0 && (
          <details>
            <summary>{b.whoStays(preview.refused.length)}</summary>
            <ul className="dots">
              {preview.refused.map(({ person, because }) => (
                <li key={person.id}>
                  <Given>{person.name}</Given> {say(transferRefusals[because])}
                </li>
              ))}
            </ul>
          </details>
        )}
        <ul className="dots">
          {preview.shifts.map(({ id, before, after, min, target }) => (
            <li key={id}>
              <Where board={board} event={event} shiftId={id} /> {before} → {after}/{target}
              {after < min && before >= min && <strong className="bad"> {b.fallsBelow(min)}</strong>}
            </li>
          ))}
        </ul>
        <p>
          {preview.tellsAfterMin === null
            ? b.nobodyTold
            : b.willTell(preview.told, preview.messages, preview.tellsAfterMin)}
        </p>
        {preview.accepted > 0 && <p>{b.askedAgain(preview.accepted)}</p>}
        {preview.unreachable > 0 && <p className="note warn">{b.toCall(preview.unreachable)}</p>}
        {outdated ? (
          <p className="note warn" role="alert">
            {b.outdated}
          </p>
        ) : (
          error !== undefined && <Trouble error={error} />
        )}
      </div>
    </Modal>
  )
}
