import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import {
  linkDoubts,
  type RequestState,
  relations,
  requestKinds,
  requestStates,
} from '#modules/organisation/words.ts'
import { approvePersonRequest, listPersonRequests, type PersonRequest } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { momentText } from '../../core/time.ts'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { Listing } from '../../ui/office/listing.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { PeoplePage } from '../people-page.tsx'
import { useOrganisationWords } from '../words/index.ts'
import { decided } from './decided.ts'
import { Deciding } from './deciding.tsx'
import '../people.css'

type Query = InputOf<typeof listPersonRequests>['query']

/** Which corrections and questions wait for a decision? */
export function Component() {
  const { say } = useWords()
  const { requests: r } = useOrganisationWords()
  const { search, set } = useFilters()
  const found = useAsk(listPersonRequests, { query: queryIn<Query>(search, ['state', 'cursor', 'limit']) })
  const states = (Object.keys(requestStates) as RequestState[]).map((value) => ({
    value,
    label: say(requestStates[value]),
  }))
  return (
    <PeoplePage title={r.title} question={r.question}>
      <search className="filters">
        <Choice
          label={r.state}
          all={say(requestStates.open)}
          options={states}
          value={search.get('state')}
          onChange={(state) => set({ state })}
        />
        <ClearFilters />
      </search>
      <Listing
        found={found}
        filtered={search.has('state')}
        empty={{ all: r.empty, filtered: r.emptyFiltered }}
        count={r.found}
      >
        {(requests, old) => <RequestTable requests={requests} old={old} />}
      </Listing>
    </PeoplePage>
  )
}

function RequestTable({ requests, old }: { requests: PersonRequest[]; old: boolean }) {
  const { say, language } = useWords()
  const { requests: r } = useOrganisationWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const [error, setError] = useState<unknown>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const there = requests.filter(({ id }) => chosen.has(id))
  const choose = (id: string, on: boolean) =>
    setChosen(new Set(on ? [...chosen, id] : [...chosen].filter((each) => each !== id)))
  const columns: Column<PersonRequest>[] = [
    {
      key: 'about',
      title: r.about,
      names: true,
      cell: (request) => (
        <span className="acts-here">
          {/* What is asked of two records is answered for each pair by itself. */}
          {request.decidable && request.kind !== 'one_human' && (
            <span translate="no">
              <Checkbox
                aria-label={r.choose(request.person.name)}
                checked={chosen.has(request.id)}
                onChange={(event) => choose(request.id, event.target.checked)}
              />
            </span>
          )}
          <Link to={paths.person(request.person.id)}>
            <Given>{request.person.name}</Given>
          </Link>
        </span>
      ),
    },
    { key: 'kind', title: r.kind, cell: ({ kind }) => say(requestKinds[kind]) },
    { key: 'wanted', title: r.wanted, cell: (request) => <Wanted request={request} /> },
    {
      key: 'from',
      title: r.from,
      cell: ({ byPerson, mine, kind }) =>
        byPerson ? r.byPerson : mine ? r.byMe : kind === 'one_human' ? r.bySystem : r.byStaff,
    },
    {
      key: 'at',
      title: r.at,
      cell: ({ requestedAt }) => <span className="nowrap">{momentText(requestedAt, zone, language)}</span>,
    },
    {
      key: 'act',
      title: r.act,
      cell: (request) => <Deciding request={request} failed={setError} />,
    },
  ]
  return (
    <>
      {error !== undefined && <Trouble error={error} />}
      {there.length > 0 && (
        <div className="selection padded">
          <strong aria-live="polite">{r.several(there.length)}</strong>
          <ApproveSeveral requests={there} done={() => setChosen(new Set())} />
        </div>
      )}
      <DataTable caption={r.title} columns={columns} rows={requests} keyOf={({ id }) => id} old={old} />
    </>
  )
}

/** Approves one after the other; what cannot be done stays in the list, and is counted. */
function ApproveSeveral({ requests, done }: { requests: PersonRequest[]; done: () => void }) {
  const { requests: r } = useOrganisationWords()
  const [busy, setBusy] = useState(false)
  const approve = async () => {
    setBusy(true)
    let failed = 0
    for (const { id } of requests)
      await ask(approvePersonRequest, { params: { requestId: id } }).catch(() => {
        failed++
      })
    await decided()
    setBusy(false)
    done()
    tellDone({ text: r.approvedSeveral(requests.length - failed, failed) })
  }
  return (
    <Button type="primary" loading={busy} onClick={() => void approve()}>
      {r.approveSeveral(requests.length)}
    </Button>
  )
}

/** What is asked for; numbers are masked. */
function Wanted({ request }: { request: PersonRequest }) {
  const { say } = useWords()
  const { requests: r } = useOrganisationWords()
  const { wanted, other, doubt, note, state, reason } = request
  const lines = [
    wanted?.name && r.newName(wanted.name),
    wanted?.birthYear && r.newBirthYear(wanted.birthYear),
    wanted?.identityNumber === null && r.noIdentity,
    wanted?.identityNumber && r.newIdentity(wanted.identityNumber),
    wanted?.contact && r.newContact(wanted.contact.masked, say(relations[wanted.contact.relation])),
    doubt && say(linkDoubts[doubt]),
  ].filter((line) => typeof line === 'string' && line !== '')
  return (
    <ul className="lines" translate="no">
      {lines.map((line) => (
        <li key={String(line)}>{line}</li>
      ))}
      {other && (
        <li>
          <Link to={paths.person(other.id)}>{r.withOther(other.name)}</Link>
        </li>
      )}
      {note && (
        <li className="soft">
          <Given>{note}</Given>
        </li>
      )}
      {state !== 'open' && (
        <li className="soft">
          {say(requestStates[state])} {reason && <Given>{reason}</Given>}
        </li>
      )}
    </ul>
  )
}
