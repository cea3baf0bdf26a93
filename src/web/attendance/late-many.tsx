import { Button, Input } from 'antd'
import { useState } from 'react'
import { attendanceErrors } from '#modules/attendance/words.ts'
import { decideLateEntries, type LateDecisions, type LateEntry } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { periodText } from '../core/time.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { Field } from '../ui/office/field.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { Given } from '../ui/plain/given.tsx'
import { readDecided } from './deciding.tsx'
import { useLateWords } from './words/index.ts'
import './late.css'

/** Most entries of one decision, as of one act of entering. */
export const mostLate = 30

const acts = ['approve-many', 'refuse-many'] as const

interface Props {
  /** The selected entries, all of one shift; the first says which. */
  chosen: readonly LateEntry[]
  /** All entries of this page that the reader may decide. */
  decidable: readonly LateEntry[]
  choose: (ids: ReadonlySet<string>) => void
}

/** What is done with the selected entries of a shift: approved or refused together, each by its own rules. */
export function LateMany({ chosen, decidable, choose }: Props) {
  const { r } = useLateWords()
  const { set } = useFilters()
  const dialog = useDialog(acts)
  // What is being decided stays as it was when it was opened: the list is read again behind the dialog.
  const [asked, setAsked] = useState<readonly LateEntry[]>([])
  const shift = chosen[0]?.shift
  const ofShift = decidable.filter((entry) => entry.shift.id === shift?.id).slice(0, mostLate)
  const open = (act: (typeof acts)[number]) => {
    setAsked(chosen)
    dialog.open(act)
  }
  const none = () => choose(new Set())
  return (
    <>
      {shift && (
        <fieldset className="plain selection" aria-label={r.selected(chosen.length)}>
          <strong aria-live="polite">{r.selected(chosen.length)}</strong>
          <Button disabled={chosen.length > mostLate} onClick={() => open('approve-many')}>
            {r.approve}
          </Button>
          <Button disabled={chosen.length > mostLate} onClick={() => open('refuse-many')}>
            {r.refuse}
          </Button>
          {ofShift.length > chosen.length && (
            <Button type="link" onClick={() => choose(new Set(ofShift.map(({ id }) => id)))}>
              {r.selectShift(ofShift.length)}
            </Button>
          )}
          <Button type="link" onClick={() => set({ shiftId: shift.id })}>
            {r.seeShift}
          </Button>
          <Button type="link" onClick={none}>
            {r.selectNone}
          </Button>
          {chosen.length > mostLate && <span className="warn">{r.tooMany}</span>}
        </fieldset>
      )}
      {dialog.act && asked.length > 0 && (
        <DecideMany
          key={dialog.act}
          entries={asked}
          approved={dialog.act === 'approve-many'}
          none={none}
          close={dialog.close}
        />
      )}
    </>
  )
}

interface DecidingProps {
  entries: readonly LateEntry[]
  approved: boolean
  none: () => void
  close: () => void
}

/** Whom it is about, one reason, and what became of each that could not be decided. */
function DecideMany({ entries, approved, none, close }: DecidingProps) {
  const { r, language } = useLateWords()
  const [reason, setReason] = useState('')
  const [answers, setAnswers] = useState<LateDecisions['answers']>([])
  const { shift, event } = entries[0] as LateEntry
  const failed = answers.filter(({ refused }) => refused !== null)
  const decide = async () => {
    const why = reason.trim()
    const lateEntryIds = entries.map(({ id }) => id)
    const body = { lateEntryIds, approved, ...(why ? { reason: why } : {}) }
    const done = await ask(decideLateEntries, { params: { shiftId: shift.id }, body })
    const refused = done.answers.filter((each) => each.refused !== null)
    setAnswers(done.answers)
    none()
    await readDecided()
    if (refused.length === 0) close()
    const count = done.answers.length - refused.length
    return { text: (approved ? r.approvedMany : r.refusedMany)(count, refused.length) }
  }
  return (
    <ActDialog
      stays
      {...(approved ? {} : { first: 'late-why' })}
      title={(approved ? r.approveMany : r.refuseMany)(entries.length)}
      confirm={approved ? r.approve : r.refuse}
      ready={answers.length === 0 && (approved || reason.trim() !== '')}
      act={decide}
      close={close}
    >
      <p>
        <Given>{shift.zone.name}</Given> {periodText(shift.startsAt, shift.endsAt, event.timeZone, language)}
      </p>
      <ul className="late-names">
        {entries.map(({ id, person }) => (
          <li key={id}>
            <Given>{person.name}</Given>
          </li>
        ))}
      </ul>
      <Field
        optional={approved}
        label={r.refuseReason}
        name="late-why"
        hint={approved ? r.approveHint : r.refuseHint}
      >
        <Input
          id="late-why"
          value={reason}
          maxLength={200}
          aria-required={!approved}
          onChange={(change) => setReason(change.target.value)}
        />
      </Field>
      {answers.length === 0 && <p className="note warn">{approved ? r.approveManyLead : r.final}</p>}
      {failed.length > 0 && <NotDecided failed={failed} entries={entries} />}
    </ActDialog>
  )
}

interface NotDecidedProps {
  failed: LateDecisions['answers']
  entries: readonly LateEntry[]
}

/** Which were not decided, with the reason of each. */
function NotDecided({ failed, entries }: NotDecidedProps) {
  const { r, w, say } = useLateWords()
  return (
    <div className="note bad" role="alert">
      <p>{r.notDecided}</p>
      <ul>
        {failed.map(({ lateEntryId, refused }) => {
          const text = attendanceErrors[refused ?? '']
          const name = entries.find(({ id }) => id === lateEntryId)?.person.name ?? ''
          return (
            <li key={lateEntryId}>
              <Given>{name}</Given> {text ? say(text) : w.refusals[422]}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
