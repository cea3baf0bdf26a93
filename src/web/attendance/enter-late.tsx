import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { attendanceErrors } from '#modules/attendance/words.ts'
import {
  enterLate,
  type LateAnswers,
  listLateEntries,
  type RollEntry,
  readRoll,
  type Shift,
} from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { readAgain, useAll } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { instantOf, serverNow, type Wall } from '../core/time.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { Field } from '../ui/office/field.tsx'
import { MomentPicker } from '../ui/office/moment-picker.tsx'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useLateWords } from './words/index.ts'
import './late.css'

/** Most people of one request. */
const most = 30

interface Props {
  shift: Shift
  timeZone: string
}

/** 补录: who was at a shift that is over and was not recorded. The open dialog is a part of the address. */
export function EnterLate(props: Props) {
  const { r } = useLateWords()
  const dialog = useDialog(['late'])
  const may = useStore(me)?.permissions.includes('attendance.record') === true
  if (!may || props.shift.cancelledAt !== null || Date.parse(props.shift.endsAt) > serverNow()) return null
  return (
    <>
      <Button onClick={() => dialog.open('late')}>{r.enter}</Button>
      {dialog.act && <Entering {...props} close={dialog.close} />}
    </>
  )
}

function Entering({ shift, timeZone, close }: Props & { close: () => void }) {
  const { r } = useLateWords()
  const params = { shiftId: shift.id }
  const found = useAll(readRoll, { params, query: { missing: true } })
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const [from, setFrom] = useState<Wall | null>(null)
  const [until, setUntil] = useState<Wall | null>(null)
  const [answers, setAnswers] = useState<LateAnswers['answers']>([])
  const [operationId] = useState(newKey)
  const people = found.data ?? []
  const here = people.filter(({ assignmentId }) => chosen.has(assignmentId))
  const failed = answers.filter(({ refused }) => refused !== null)
  const enter = async () => {
    const times = {
      ...(from ? { arrivedAt: instantOf(from, timeZone) } : {}),
      ...(until ? { leftAt: instantOf(until, timeZone) } : {}),
    }
    const entries = here.map(({ assignmentId }) => ({ assignmentId, ...times }))
    const done = await ask(enterLate, { params, body: { operationId, reason: reason.trim(), entries } })
    const refused = done.answers.filter((each) => each.refused !== null)
    setAnswers(done.answers)
    setChosen(new Set(refused.map(({ assignmentId }) => assignmentId)))
    await readAgain(listLateEntries)
    if (refused.length === 0) close()
    return { text: r.submitted(entries.length - refused.length, refused.length) }
  }
  return (
    <ActDialog
      stays
      title={r.enter}
      confirm={r.submit(here.length)}
      ready={here.length > 0 && here.length <= most && reason.trim() !== ''}
      act={enter}
      close={close}
    >
      <p>{r.enterLead}</p>
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={4} />}
      {found.data?.length === 0 && <p className="note">{r.enterNobody}</p>}
      {people.length > 0 && <Who people={people} chosen={chosen} choose={setChosen} />}
      {here.length > most && <p className="note warn">{r.tooMany}</p>}
      <Field label={r.enterReason} name="late-reason" hint={r.enterReasonHint}>
        <Input
          id="late-reason"
          value={reason}
          maxLength={200}
          aria-required
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <Field optional label={r.from} name="late-from" hint={r.wholeShift}>
        <MomentPicker id="late-from" zone={timeZone} value={from} onChange={setFrom} />
      </Field>
      <Field optional label={r.until} name="late-until">
        <MomentPicker id="late-until" zone={timeZone} value={until} onChange={setUntil} />
      </Field>
      {failed.length > 0 && <NotTaken failed={failed} people={people} />}
    </ActDialog>
  )
}

interface WhoProps {
  people: readonly RollEntry[]
  chosen: ReadonlySet<string>
  choose: (chosen: ReadonlySet<string>) => void
}

function Who({ people, chosen, choose }: WhoProps) {
  const { r } = useLateWords()
  const toggle = (id: string, on: boolean) =>
    choose(new Set(on ? [...chosen, id] : [...chosen].filter((each) => each !== id)))
  return (
    <fieldset className="plain">
      <legend className="label">{r.enterWho}</legend>
      <Checkbox
        checked={chosen.size > 0 && chosen.size === Math.min(most, people.length)}
        indeterminate={chosen.size > 0 && chosen.size < Math.min(most, people.length)}
        onChange={({ target }) =>
          choose(new Set(target.checked ? people.slice(0, most).map((each) => each.assignmentId) : []))
        }
      >
        {r.everybody(Math.min(most, people.length))}
      </Checkbox>
      <ul className="late-who">
        {people.map(({ assignmentId, person, team }) => (
          <li key={assignmentId}>
            <Checkbox
              checked={chosen.has(assignmentId)}
              onChange={({ target }) => toggle(assignmentId, target.checked)}
            >
              <Given>{person.name}</Given>
              {team && (
                <small className="soft">
                  {' '}
                  <Given>{team.name}</Given>
                </small>
              )}
            </Checkbox>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

/** Whoever was not taken, with the reason of each. */
function NotTaken({ failed, people }: { failed: LateAnswers['answers']; people: readonly RollEntry[] }) {
  const { r, w, say } = useLateWords()
  const nameOf = (id: string) => people.find((each) => each.assignmentId === id)?.person.name ?? ''
  return (
    <div className="note bad" role="alert">
      <p>{r.notTaken}</p>
      <ul>
        {failed.map(({ assignmentId, refused }) => {
          const text = attendanceErrors[refused ?? '']
          return (
            <li key={assignmentId}>
              <Given>{nameOf(assignmentId)}</Given> {text ? say(text) : w.refusals[422]}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
