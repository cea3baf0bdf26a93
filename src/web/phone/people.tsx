/** 队员: who answered, who was not reached, and an answer given for somebody who cannot. */
import { type FormEvent, useEffect, useState } from 'react'
import { reachStates } from '#modules/mobilization/words.ts'
import {
  correctNumber,
  excuseAssignment,
  listNotices,
  listParticipations,
  markTold,
  readNumbers,
  recordAnswer,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import type { AnswerOf } from '../core/operation.ts'
import { phonePaths } from '../paths.ts'
import { Given } from '../ui/plain/given.tsx'
import { ChooseDuty, leads, useDuties } from './duty.tsx'
import { Button, Empty, Field, Page, Shown, Trouble, useDoing } from './parts.tsx'
import { allOf, type Reading } from './reading.ts'
import type { Duty } from './roll/store.ts'
import { useWords } from './words/index.ts'

type Participation = AnswerOf<typeof listParticipations>['items'][number]
type Notice = AnswerOf<typeof listNotices>['items'][number]
interface Team {
  people: Participation[]
  unreached: Notice[]
}

export function People({ shiftId }: { shiftId?: string | undefined }) {
  const { w } = useWords()
  const duties = useDuties()
  const { title, choose: lead, noDuties: empty } = w.people
  if (!shiftId) {
    return (
      <ChooseDuty {...{ title, lead, empty }} to={phonePaths.people} among={leads}>
        {(duty) => <TeamOf duty={duty} />}
      </ChooseDuty>
    )
  }
  const duty = duties.data?.items.find((each) => each.shiftId === shiftId)
  if (duty) return <TeamOf key={shiftId} duty={duty} />
  return (
    <Page title={title}>
      <Shown of={duties}>{() => <Empty text={w.roll.unlisted} />}</Shown>
    </Page>
  )
}

/** Everybody of a duty whom one leads, with whom to call. */
function useTeam({ event, shiftId }: Duty): Reading<Team> {
  const [state, set] = useState<{ data?: Team; error?: unknown }>({})
  const again = async () => {
    try {
      const params = { eventId: event.id }
      const [people, unreached] = await Promise.all([
        allOf(listParticipations, { params, query: { shiftId } }),
        allOf(listNotices, { params, query: { unreached: true } }),
      ])
      set({ data: { people, unreached: unreached.filter(({ toldAt }) => toldAt === null) } })
    } catch (error) {
      set((before) => ({ ...before, error }))
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a shift
  useEffect(() => void again(), [shiftId])
  return { data: state.data, error: state.error, again }
}

function TeamOf({ duty }: { duty: Duty }) {
  const { w } = useWords()
  const team = useTeam(duty)
  const [numbers, setNumbers] = useState<Numbers>()
  const doing = useDoing()
  // Each reading of numbers is audited, so they are read when somebody wants to call.
  const show = () =>
    void doing.run(async () => {
      const query = { shiftId: duty.shiftId }
      const found = await allOf(readNumbers, { params: { eventId: duty.event.id }, query })
      setNumbers(new Map(found.map(({ participationId, phone }) => [participationId, phone])))
    })
  return (
    <Page title={w.people.title} lead={<Given>{duty.zone.name}</Given>}>
      <Shown of={team}>
        {({ people, unreached }) => (
          <>
            {unreached.length > 0 && <CallList notices={unreached} again={team.again} />}
            {people.length === 0 ? (
              <Empty text={w.people.empty} />
            ) : (
              <>
                <p className="count">
                  {w.people.unanswered(people.filter(({ answer }) => answer === 'unanswered').length)}
                </p>
                {doing.error !== undefined && <Trouble error={doing.error} />}
                {!numbers && (
                  <Button busy={doing.busy} onPress={show}>
                    {w.people.showNumbers}
                  </Button>
                )}
                <ul className="people">
                  {inOrder(people).map((each) => (
                    <Person
                      key={each.id}
                      person={each}
                      shiftId={duty.shiftId}
                      numbers={numbers}
                      again={team.again}
                    />
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </Shown>
    </Page>
  )
}

/** Whoever was not reached stands first, then who has not answered. */
function inOrder(people: readonly Participation[]): Participation[] {
  const rank = ({ reached, answer }: Participation) =>
    reached === false ? 0 : answer === 'unanswered' ? 1 : 2
  return [...people].sort((a, b) => rank(a) - rank(b))
}

/** Numbers by participation; null: there is none that works. */
type Numbers = ReadonlyMap<string, string | null>

function CallList({ notices, again }: { notices: readonly Notice[]; again: () => Promise<void> }) {
  const { w } = useWords()
  const doing = useDoing()
  const told = (noticeId: string) =>
    void doing.run(async () => {
      await ask(markTold, { params: { noticeId } })
      await again()
    })
  return (
    <section>
      <h2>{w.people.unreached}</h2>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      <ul className="people">
        {notices.map(({ id, person, kind, unreached }) => (
          <li key={id} className="card">
            <strong id={id}>
              <Given>{person.name}</Given>
            </strong>
            <p>
              {w.people.noticeKinds[kind]}
              {unreached && ` · ${w.people.why[unreached]}`}
            </p>
            <Button of={id} busy={doing.busy} onPress={() => told(id)}>
              {w.people.told}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface PersonProps {
  person: Participation
  shiftId: string
  numbers: Numbers | undefined
  again: () => Promise<void>
}

function Person({ person, shiftId, numbers, again }: PersonProps) {
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

interface AnsweringProps {
  person: Participation
  assignmentId: string
  again: () => Promise<void>
  done: () => void
}

function Answering({ person, assignmentId, again, done }: AnsweringProps) {
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
