import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { revisionConflicts } from '#modules/events/words.ts'
import {
  type EventDetail,
  previewShiftRevision,
  reviseShifts,
  type ShiftRevisionPreview,
  type ShiftSelection,
  undoShiftRevision,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { grouped } from '../../core/grouped.ts'
import { periodText } from '../../core/time.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { shiftsChanged } from './keep.ts'
import { changeOf, nothingYet, ReviseFields, type Revising } from './revise-fields.tsx'

interface Props {
  event: EventDetail
  where: ShiftSelection
  done: () => void
  close: () => void
}

/** Changes what is selected alike: says first what becomes of it, what cannot be, and who is told. */
export function ReviseMany({ event, where, done, close }: Props) {
  const { shifts: s } = useWords().w
  const [form, setForm] = useState<Revising>(nothingYet)
  const [seen, setSeen] = useState<ShiftRevisionPreview>()
  const [skip, setSkip] = useState(false)
  const [error, setError] = useState<unknown>()
  const [busy, setBusy] = useState(false)
  const change = changeOf(form)
  const params = { eventId: event.id }
  const look = async (skipConflicts: boolean) => {
    if (!change) return
    setBusy(true)
    setError(undefined)
    try {
      setSeen(await ask(previewShiftRevision, { params, body: { where, change, skipConflicts } }))
      setSkip(skipConflicts)
    } catch (failed) {
      setError(failed)
    }
    setBusy(false)
  }
  return (
    <ActDialog
      title={s.reviseMany}
      confirm={s.reviseMany}
      ready={seen !== undefined && seen.shifts > 0 && (seen.conflictsTotal === 0 || skip)}
      close={close}
      act={async () => {
        const made = await ask(reviseShifts, { params, body: { token: seen?.token ?? '' } })
        await shiftsChanged()
        done()
        return {
          text: s.revisedMany(made.shifts),
          undo: async () => {
            await ask(undoShiftRevision, { params: { revisionId: made.id } })
            await shiftsChanged()
            return s.reviseUndone(made.shifts)
          },
        }
      }}
    >
      <ReviseFields
        form={form}
        set={(some) => {
          setForm({ ...form, ...some })
          // What was seen was seen of another change.
          setSeen(undefined)
          setSkip(false)
        }}
      />
      <p>
        <Button onClick={() => void look(false)} loading={busy} disabled={!change}>
          {s.look}
        </Button>
      </p>
      {error !== undefined && <Trouble error={error} />}
      {seen && (
        <Seen event={event} seen={seen}>
          <Checkbox checked={skip} onChange={({ target }) => void look(target.checked)}>
            {s.reviseSkip}
          </Checkbox>
        </Seen>
      )}
    </ActDialog>
  )
}

interface SeenProps {
  event: EventDetail
  seen: ShiftRevisionPreview
  /** Leaves out what cannot be changed. */
  children: React.ReactNode
}

/** What the change would do, and whom it concerns. */
function Seen({ event, seen, children }: SeenProps) {
  const { w, language } = useWords()
  const { shifts: s } = w
  const [first] = seen.sample
  const told = event.state === 'published'
  const hours = (period: { startsAt: string; endsAt: string }) =>
    periodText(period.startsAt, period.endsAt, event.timeZone, language)
  return (
    <div className="note warn" role="status">
      <p>
        <strong>{s.reviseSeen(seen.shifts)}</strong>
      </p>
      {first && first.before.startsAt + first.before.endsAt !== first.after.startsAt + first.after.endsAt && (
        <p>
          {s.reviseExample} <Given>{first.zone.name}</Given> {hours(first.before)} → {hours(first.after)}
        </p>
      )}
      {seen.over > 0 && <p>{s.reviseOver(seen.over)}</p>}
      {seen.unchanged > 0 && <p>{s.reviseSame(seen.unchanged)}</p>}
      <p>{s.cancelPeople(seen.people, seen.heads)}</p>
      {told && seen.messages > 0 && <p>{s.reviseTold(seen.messages, seen.tellsAfterMin)}</p>}
      {told && seen.askedAgain > 0 && <p>{s.reviseAgain(seen.askedAgain)}</p>}
      {seen.unreachable > 0 && <p>{s.cancelCalls(seen.unreachable)}</p>}
      {!(told && seen.messages > 0) && <p>{s.reviseQuiet}</p>}
      {seen.conflictsTotal > 0 && (
        <>
          <p>{s.reviseConflicts(seen.conflictsTotal)}</p>
          <Conflicts seen={seen} />
          {seen.shifts > 0 && children}
        </>
      )}
    </div>
  )
}

/** How many names of zones are told for each reason. */
const namesMax = 5

function Conflicts({ seen }: { seen: ShiftRevisionPreview }) {
  const { w, say } = useWords()
  const { shifts: s } = w
  const reasons = [...grouped(seen.conflicts, ({ because }) => because)]
  return (
    <ul>
      {reasons.map(([because, some]) => {
        const names = [...new Set(some.map(({ zone }) => zone.name))]
        return (
          <li key={because}>
            {s.conflictLine(say(revisionConflicts[because]), some.length)}
            <br />
            <small className="soft">
              <Given>{names.slice(0, namesMax).join(' · ')}</Given>
              {names.length > namesMax && ' …'}
            </small>
          </li>
        )
      })}
    </ul>
  )
}
