/** 代为回复: what a leader records for somebody. */
import { type FormEvent, useState } from 'react'
import { correctNumber, excuseAssignment, recordAnswer } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { Given } from '../../ui/plain/given.tsx'
import { Button, Field, Trouble, useDoing } from '../parts.tsx'
import { useWords } from '../words/index.ts'
import type { Participation } from './team.ts'

interface AnsweringProps {
  person: Participation
  assignmentId: string
  again: () => Promise<void>
  done: () => void
}

export function Answering({ person, assignmentId, again, done }: AnsweringProps) {
  const { w } = useWords()
  const doing = useDoing()
  const act = (work: () => Promise<unknown>) => () =>
    void doing.run(async () => {
      await work()
      await again()
      done()
    })
  const answer = (said: 'accepted' | 'declined') =>
    act(() =>
      ask(recordAnswer, { params: { participationId: person.id }, body: { answer: said, assignmentId } }),
    )
  return (
    <fieldset>
      <legend>
        {w.people.answer} <Given>{person.person.name}</Given>
      </legend>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      <div className="two">
        <Button kind="primary" busy={doing.busy} onPress={answer('accepted')}>
          {w.people.accepted}
        </Button>
        <Button busy={doing.busy} onPress={answer('declined')}>
          {w.people.declined}
        </Button>
      </div>
      <div className="two">
        <Button busy={doing.busy} onPress={act(() => ask(excuseAssignment, { params: { assignmentId } }))}>
          {w.people.excuse}
        </Button>
        <Button onPress={done}>{w.common.cancel}</Button>
      </div>
      {!person.person.minor && <Correct participationId={person.id} again={again} done={done} />}
    </fieldset>
  )
}

/** Another number for somebody: the old link is dead, and they are asked again. */
function Correct({
  participationId,
  again,
  done,
}: {
  participationId: string
  again: () => Promise<void>
  done: () => void
}) {
  const { w } = useWords()
  const [open, setOpen] = useState(false)
  const [phone, setPhone] = useState('')
  const doing = useDoing()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void doing.run(async () => {
      await ask(correctNumber, { params: { participationId }, body: { phone: phone.trim() } })
      await again()
      done()
    })
  }
  if (!open) return <Button onPress={() => setOpen(true)}>{w.people.correct}</Button>
  return (
    <form onSubmit={submit}>
      <Field label={w.people.correct} hint={w.people.correctHint}>
        <input
          type="tel"
          autoComplete="off"
          required
          maxLength={40}
          value={phone}
          onChange={(event) => setPhone(event.target.value)}
        />
      </Field>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      <button type="submit" className="primary" aria-disabled={doing.busy}>
        {w.people.sendAgain}
      </button>
    </form>
  )
}
