/** One of the people: what they answered, and how to call them. */
import { useState } from 'react'
import { reachStates } from '#modules/mobilization/words.ts'
import { Given } from '../../ui/plain/given.tsx'
import { Button } from '../parts.tsx'
import { useWords } from '../words/index.ts'
import { Answering } from './answering.tsx'
import type { Participation } from './team.ts'

/** Numbers by participation; null: there is none that works. */
export type Numbers = ReadonlyMap<string, string | null>

interface PersonProps {
  person: Participation
  shiftId: string
  numbers: Numbers | undefined
  again: () => Promise<void>
}

export function Person({ person, shiftId, numbers, again }: PersonProps) {
  const { w, say } = useWords()
  const phone = numbers?.get(person.id)
  const [open, setOpen] = useState(false)
  const place = person.assignments.find(
    ({ shift, cancelledAt }) => shift.id === shiftId && cancelledAt === null,
  )
  const answer = place?.answer ?? person.answer
  const { name, minor } = person.person
  const wrong = person.link.revokedBecause === 'not_me' || person.link.revokedBecause === 'not_guardian'
  const sign = { accepted: '✓', declined: '✕', unanswered: '…' }[answer]
  return (
    <li className="card">
      <strong id={person.id}>
        <Given>{name}</Given>
      </strong>
      <p className={`answer ${answer}`}>
        {sign} {place?.excusedAt ? w.people.excused : w.people.states[answer]}
        {answer === 'unanswered' &&
          person.reachState !== 'answered' &&
          ` · ${say(reachStates[person.reachState])}`}
        {minor && ` · ${w.people.minor}`}
      </p>
      {person.note && (
        <p className="soft">
          <Given>{person.note}</Given>
        </p>
      )}
      {phone && (
        <p>
          <a className="call" href={`tel:${phone}`} aria-describedby={person.id}>
            {phone}
          </a>
        </p>
      )}
      {numbers && phone === null && <p className="soft">{w.people.noNumber}</p>}
      {wrong && <p className="note warn">{w.people.wrongLink}</p>}
      {place && !place.excusedAt && !open && (
        <Button of={person.id} onPress={() => setOpen(true)}>
          {w.people.answer}
        </Button>
      )}
      {place && open && (
        <Answering person={person} assignmentId={place.id} again={again} done={() => setOpen(false)} />
      )}
    </li>
  )
}
