/** 联系监护人: a class's teachers around its shift, and in an emergency whoever is in charge. */
import { type FormEvent, useState } from 'react'
import { relations } from '#modules/organisation/words.ts'
import { callGuardian, type PupilGuardians, showGuardianNumbers } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import type { AnswerOf } from '../core/operation.ts'
import { isRefusal } from '../core/refused.ts'
import { Given } from '../ui/plain/given.tsx'
import { useDuties, useTimes } from './duty.tsx'
import { useGuardianWords } from './guardians-words.ts'
import { Button, Empty, Field, Page, Shown, Trouble, useDoing } from './parts.tsx'
import type { Duty } from './roll/store.ts'
import { useWords } from './words/index.ts'

export function Guardians({ shiftId }: { shiftId: string }) {
  const { w } = useWords()
  const g = useGuardianWords()
  const duties = useDuties()
  const duty = duties.data?.items.find((each) => each.shiftId === shiftId)
  const inCharge = duty?.as.some((role) => role === 'in_charge' || role === 'deputy') === true
  const teaches = duty?.as.includes('leader') === true
  return (
    <Page title={w.duties.guardians} lead={duty && <Given>{duty.zone.name}</Given>}>
      <Shown of={duties}>
        {() => {
          if (!duty) return <Empty text={w.roll.unlisted} />
          if (duty.minors === 0 || !(teaches || inCharge)) return <Empty text={g.notYours} />
          return (
            <>
              {teaches && <OfClass duty={duty} />}
              {inCharge && <Emergency duty={duty} />}
            </>
          )
        }}
      </Shown>
    </Page>
  )
}

/** Each reading is recorded for each child, so they are read when somebody wants to call. */
function OfClass({ duty }: { duty: Duty }) {
  const g = useGuardianWords()
  const { moment } = useTimes(duty.event.timeZone)
  const [shown, setShown] = useState<AnswerOf<typeof showGuardianNumbers>>()
  const doing = useDoing()
  const show = () =>
    void doing.run(async () =>
      setShown(await ask(showGuardianNumbers, { params: { shiftId: duty.shiftId } })),
    )
  return (
    <section>
      <h2>{g.ofClass}</h2>
      <p>{g.ofClassText}</p>
      {doing.error !== undefined && <Trouble error={doing.error} />}
      {!shown && (
        <Button kind="primary" busy={doing.busy} onPress={show}>
          {g.show}
        </Button>
      )}
      {shown && (
        <>
          <p className="soft">{g.until(moment(shown.until))}</p>
          <ul className="people">
            {shown.items.map((pupil) => (
              <Pupil key={pupil.person.id} pupil={pupil} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

function Pupil({ pupil: { person, team, contacts } }: { pupil: PupilGuardians }) {
  const { say } = useWords()
  const g = useGuardianWords()
  const phones = contacts.filter(({ kind }) => kind === 'phone')
  return (
    <li className="card">
      <strong id={person.id}>
        <Given>{person.name}</Given>
      </strong>
      <p className="soft">
        <Given>{team.name}</Given>
      </p>
      {phones.length === 0 && <p className="soft">{g.noNumber}</p>}
      {phones.map(({ id, relation, ownerName, value }) => (
        <p key={id}>
          {say(relations[relation])} {ownerName && <Given>{ownerName}</Given>}{' '}
          <a className="call" href={`tel:${value}`} aria-describedby={person.id}>
            {value}
          </a>
        </p>
      ))}
    </li>
  )
}

/** Of several children of one name the class is asked, and nothing that was typed is gone. */
function Emergency({ duty }: { duty: Duty }) {
  const g = useGuardianWords()
  const [typed, setTyped] = useState({ name: '', what: '', teamId: '' })
  const [found, setFound] = useState<PupilGuardians>()
  const doing = useDoing()
  const [asked, setAsked] = useState<readonly Class[]>([])
  const change = (part: Partial<typeof typed>) => setTyped({ ...typed, ...part })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void doing.run(async () => {
      const { name, what, teamId } = typed
      const body = { name: name.trim(), what: what.trim(), ...(teamId && { teamId }) }
      const call = ask(callGuardian, { params: { shiftId: duty.shiftId }, body })
      call.catch((error: unknown) => setAsked((before) => classesOf(error) ?? before))
      setFound(await call)
    })
  }
  const again = () => {
    setFound(undefined)
    setAsked([])
    setTyped({ name: '', what: '', teamId: '' })
  }
  return (
    <section>
      <h2>{g.emergency}</h2>
      {found ? (
        <>
          <ul className="people">
            <Pupil pupil={found} />
          </ul>
          <Button onPress={again}>{g.another}</Button>
        </>
      ) : (
        <form onSubmit={submit}>
          <p className="note warn">{g.emergencyText}</p>
          {doing.error !== undefined && <Trouble error={doing.error} />}
          <Field label={g.name}>
            <input
              required
              maxLength={60}
              autoComplete="off"
              value={typed.name}
              onChange={(event) => {
                setAsked([])
                change({ name: event.target.value, teamId: '' })
              }}
            />
          </Field>
          {asked.length > 0 && (
            <Field label={g.team}>
              <select
                required
                value={typed.teamId}
                onChange={(event) => change({ teamId: event.target.value })}
              >
                <option value="">{g.choose}</option>
                {asked.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </Field>
          )}
          <Field label={g.what} hint={g.whatHint}>
            <input
              required
              minLength={4}
              maxLength={200}
              value={typed.what}
              onChange={(event) => change({ what: event.target.value })}
            />
          </Field>
          <button type="submit" className="danger" aria-disabled={doing.busy}>
            {g.call}
          </button>
        </form>
      )}
    </section>
  )
}

interface Class {
  id: string
  name: string
}

/** The classes that have a child of this name, where the service asked for one. */
function classesOf(error: unknown): readonly Class[] | undefined {
  if (!isRefusal(error, 409, 'emergency.several')) return undefined
  return (error.problem.details as { teams?: Class[] }).teams
}
