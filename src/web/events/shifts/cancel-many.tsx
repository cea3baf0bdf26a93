import { Button, Input } from 'antd'
import { useState } from 'react'
import {
  cancelShifts,
  type EventDetail,
  previewShiftCancellation,
  type ShiftCancellationPreview,
  type ShiftSelection,
  undoShiftCancellation,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Field } from '../../ui/office/field.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { useWords } from '../../words/index.ts'
import { shiftsChanged } from './keep.ts'

interface Props {
  event: EventDetail
  where: ShiftSelection
  done: () => void
  close: () => void
}

/** Cancels what is selected: says first what it would do and whom it concerns. */
export function CancelMany({ event, where, done, close }: Props) {
  const { w } = useWords()
  const { shifts: s } = w
  const [reason, setReason] = useState('')
  const [seen, setSeen] = useState<ShiftCancellationPreview>()
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const params = { eventId: event.id }
  const look = async () => {
    setBusy(true)
    setError(undefined)
    try {
      setSeen(await ask(previewShiftCancellation, { params, body: { where, reason: reason.trim() } }))
    } catch (failed) {
      setError(failed)
    }
    setBusy(false)
  }
  return (
    <ActDialog
      danger
      first="cancel-reason"
      title={s.cancelMany}
      confirm={s.cancelMany}
      ready={seen !== undefined && seen.shifts > 0}
      close={close}
      act={async () => {
        const made = await ask(cancelShifts, { params, body: { token: seen?.token ?? '' } })
        await shiftsChanged()
        done()
        const text = s.cancelledMany(made.shifts)
        if (!made.undoable) return { text: `${text} · ${s.cancelFinal}` }
        return {
          text,
          undo: async () => {
            await ask(undoShiftCancellation, { params: { cancellationId: made.id } })
            await shiftsChanged()
            return s.cancelUndone(made.shifts)
          },
        }
      }}
    >
      <Field label={s.reason} name="cancel-reason" hint={s.reasonHint}>
        <Input
          id="cancel-reason"
          value={reason}
          maxLength={200}
          aria-required
          onChange={(typed) => {
            setReason(typed.target.value)
            // What was seen was seen with another reason.
            setSeen(undefined)
          }}
        />
      </Field>
      <p>
        <Button onClick={() => void look()} loading={busy} disabled={reason.trim() === ''}>
          {s.look}
        </Button>
      </p>
      {error !== undefined && <Trouble error={error} />}
      {seen && <Seen seen={seen} />}
    </ActDialog>
  )
}

/** What the cancellation would do, and whom it concerns. */
function Seen({ seen }: { seen: ShiftCancellationPreview }) {
  const { shifts: s } = useWords().w
  if (seen.shifts === 0) return <p className="note warn">{s.cancelNone}</p>
  return (
    <div className="note warn" role="status">
      <p>
        <strong>{s.cancelSeen(seen.shifts, seen.zones)}</strong>
      </p>
      {seen.over > 0 && <p>{s.cancelOver(seen.over)}</p>}
      <p>{s.cancelPeople(seen.people, seen.heads)}</p>
      <p>{s.cancelTold(seen.messages, seen.tellsAfterMin)}</p>
      {seen.unreachable > 0 && <p>{s.cancelCalls(seen.unreachable)}</p>}
    </div>
  )
}
