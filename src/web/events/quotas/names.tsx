import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { ineligibilities } from '#modules/mobilization/words.ts'
import {
  type EventDetail,
  listPersons,
  listSignUps,
  listTeams,
  type Person,
  type SignUp,
  signUp,
  withdrawSignUp,
} from '../../api/operations.ts'
import { ask, newKey } from '../../core/ask.ts'
import { grouped } from '../../core/grouped.ts'
import { readAgain, readAll, useAll } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { Empty, Skeleton, Trouble } from '../../ui/office/page.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { NumberOnly } from './number-only.tsx'
import { quotasChanged } from './pledge.tsx'

/** Who of the own teams takes part? A team is chosen, and its people are signed up by name. */
export function Component() {
  const { quotas: q } = useWords().w
  return (
    <EventPage
      title={q.names}
      question={q.namesQuestion}
      trail={(event) => <Link to={paths.eventStep(event.id, 'quotas')}>{q.title}</Link>}
    >
      {(event) => <Names event={event} />}
    </EventPage>
  )
}

function Names({ event }: { event: EventDetail }) {
  const { quotas: q } = useWords().w
  const { search, set } = useFilters()
  const unitId = search.get('unitId')
  const teams = useAll(listTeams, { query: unitId ? { unitId } : {} })
  // Whoever has one team only need not choose it.
  const only = teams.data?.length === 1 ? teams.data[0]?.id : undefined
  const teamId = search.get('teamId') ?? only ?? null
  return (
    <>
      <p>{q.namesLead}</p>
      {teams.isError && <Trouble error={teams.error} again={() => void teams.refetch()} />}
      {teams.isPending && <Skeleton lines={6} />}
      {teams.data?.length === 0 && (
        <div className="panel">
          <Empty text={q.noTeams} />
        </div>
      )}
      {teams.data && teams.data.length > 0 && (
        <search className="filters">
          <Choice
            given
            label={q.team}
            all={q.chooseTeam}
            options={teams.data.map(({ id, name }) => ({ value: id, label: name }))}
            value={teamId}
            onChange={(chosen) => set({ teamId: chosen })}
          />
        </search>
      )}
      {teamId && <NumberOnly key={`number ${teamId}`} event={event} teamId={teamId} />}
      {teamId && <Members key={teamId} event={event} teamId={teamId} />}
    </>
  )
}

const offersChanged = () => Promise.all([readAgain(listSignUps), quotasChanged()])

function Members({ event, teamId }: { event: EventDetail; teamId: string }) {
  const { w, say } = useWords()
  const { quotas: q } = w
  const params = { eventId: event.id }
  const people = useAll(listPersons, { query: { teamId } })
  const offers = useAll(listSignUps, { params, query: { teamId } })
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const may =
    useStore(me)?.permissions.includes('sign_ups.edit') === true &&
    (event.state === 'draft' || event.state === 'published')
  const failed = [people, offers].find(({ isError }) => isError)
  if (failed) return <Trouble error={failed.error} again={() => void failed.refetch()} />
  if (!people.data || !offers.data) return <Skeleton lines={10} />
  const offerOf = new Map(offers.data.map((offer) => [offer.person.id, offer]))
  const open = people.data.filter(({ id }) => !offerOf.has(id))
  const chosen = open.filter(({ id }) => ticked.has(id)).map(({ id }) => id)

  const trying = async (work: () => Promise<void>) => {
    setError(undefined)
    setBusy(true)
    await work().catch(setError)
    setBusy(false)
  }
  const send = () =>
    trying(async () => {
      const body = { teamId, personIds: chosen }
      const { signedUp, refused } = await ask(signUp, { params, body }, { key: newKey() })
      setTicked(new Set())
      await offersChanged()
      const reasons = grouped(refused, ({ because }) => because)
      const left = [...reasons].map(([because, of]) => q.refusedOf(of.length, say(ineligibilities[because])))
      const was = new Set(chosen)
      tellDone({
        text: [q.signUpDone(signedUp), ...left].join(''),
        undo: async () => {
          const now = await readAll(listSignUps, { params, query: { teamId } })
          const made = now.filter(({ person }) => was.has(person.id))
          for (const { id } of made) await ask(withdrawSignUp, { params: { signUpId: id } })
          await offersChanged()
          return q.namesUndone(made.length)
        },
      })
    })
  const takeBack = ({ id, person }: SignUp) =>
    trying(async () => {
      await ask(withdrawSignUp, { params: { signUpId: id } })
      await offersChanged()
      tellDone({
        text: q.withdrawn(person.name),
        undo: async () => {
          await ask(signUp, { params, body: { teamId, personIds: [person.id] } }, { key: newKey() })
          await offersChanged()
          return q.signedAgain
        },
      })
    })
  const tick = (id: string, on: boolean) => {
    const next = new Set(ticked)
    if (on) next.add(id)
    else next.delete(id)
    setTicked(next)
  }

  const columns: Column<Person>[] = [
    {
      key: 'tick',
      title: q.signUp(0),
      cell: ({ id }) =>
        may &&
        !offerOf.has(id) && (
          <Checkbox
            aria-labelledby={`name-${id}`}
            checked={ticked.has(id)}
            onChange={({ target }) => tick(id, target.checked)}
          />
        ),
    },
    {
      key: 'name',
      title: w.people.name,
      names: true,
      cell: ({ id, name }) => (
        <span id={`name-${id}`}>
          <Given>{name}</Given>
        </span>
      ),
    },
    {
      key: 'state',
      title: w.people.answer,
      cell: ({ id }) => (offerOf.has(id) ? `✓ ${q.signedUp}` : <span className="soft">{q.notSignedUp}</span>),
    },
    {
      key: 'act',
      title: q.act,
      cell: ({ id }) => {
        const offer = offerOf.get(id)
        return (
          may &&
          offer && (
            <Button
              size="small"
              disabled={busy}
              aria-describedby={`name-${id}`}
              onClick={() => void takeBack(offer)}
            >
              {q.withdraw}
            </Button>
          )
        )
      },
    },
  ]
  return (
    <section aria-label={q.names}>
      {error !== undefined && <Trouble error={error} />}
      {may && open.length > 0 && (
        <p className="selection">
          <Button type="primary" loading={busy} disabled={chosen.length === 0} onClick={() => void send()}>
            {q.signUp(chosen.length)}
          </Button>
          <Button onClick={() => setTicked(new Set(open.map(({ id }) => id)))}>
            {q.tickAll(open.length)}
          </Button>
          {chosen.length > 0 && <Button onClick={() => setTicked(new Set())}>{q.tickNone}</Button>}
        </p>
      )}
      <div className="panel table">
        {people.data.length === 0 ? (
          <Empty text={q.nobodyInTeam} />
        ) : (
          <>
            <DataTable caption={q.names} columns={columns} rows={people.data} keyOf={({ id }) => id} />
            <div className="below">
              <span>{q.teamSum(offerOf.size, people.data.length)}</span>
            </div>
          </>
        )}
      </div>
    </section>
  )
}
