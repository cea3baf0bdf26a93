import { Button, Dropdown } from 'antd'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { answers, reachStates } from '#modules/mobilization/words.ts'
import {
  type EventDetail,
  listParticipations,
  type Participation,
  readEventSteps,
  recordAnswer,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { readAgain, readAll, useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { periodText, serverNow } from '../../core/time.ts'
import { DistrictFilter } from '../../grid/district-filter.tsx'
import { useAreaWords } from '../../organisation/words/area.ts'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'
import { Trouble } from '../../ui/office/page.tsx'
import { SearchBox } from '../../ui/office/search-box.tsx'
import { TakeList } from '../../ui/office/take-list.tsx'
import { tellDone } from '../../ui/office/undo-bar.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { AskAgain } from './ask-again.tsx'

type Query = InputOf<typeof listParticipations>['query']
const filters = [
  'search',
  'answer',
  'reached',
  'districtCode',
  'teamId',
  'unitId',
  'shiftId',
  'zoneId',
] as const
const names = [...filters, 'cursor', 'limit'] as const

/** Who answered, and who was not reached? */
export function Component() {
  const { w } = useWords()
  return (
    <EventPage
      help="people"
      title={w.people.title}
      question={w.people.question}
      acts={(event) => (
        <>
          <ToLate event={event} />
          <AskAgain event={event} />
        </>
      )}
    >
      {(event) => <People event={event} />}
    </EventPage>
  )
}

/** Once the event has begun: what is entered after its shifts. */
function ToLate({ event }: { event: EventDetail }) {
  const words = useAreaWords()
  const may = useStore(me)?.permissions.includes('attendance.read') === true
  if (!may || Date.parse(event.startsAt) > serverNow()) return null
  return <LinkButton to={paths.lateOf({ eventId: event.id })} text={words.late} />
}

function People({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const { search } = useFilters()
  const params = { eventId: event.id }
  const found = useAsk(listParticipations, { params, query: queryIn<Query>(search, names) })
  const some = found.data && found.data.items.length > 0 && search.get('answer') !== 'declined'
  return (
    <>
      <PeopleFilters take={some && <TakePeople event={event} />} />
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: w.people.empty, filtered: w.people.emptyFiltered }}
        count={w.people.found}
      >
        {(people, old) => <PeopleTable event={event} people={people} old={old} />}
      </Listing>
    </>
  )
}

/** Whoever declined is on no list that is taken along: nobody owes a reason, and nobody is called to account. */
function TakePeople({ event }: { event: EventDetail }) {
  const { people: p } = useWords().w
  const { search } = useFilters()
  const columns = usePeopleColumns(event)
  const asked = { params: { eventId: event.id }, query: queryIn<Query>(search, filters) }
  const rows = async () =>
    (await readAll(listParticipations, asked)).filter((each) => each.answer !== 'declined')
  return (
    <TakeList
      name={`${event.name}-${p.title}`}
      rows={rows}
      columns={() => columns}
      without={p.withoutDeclined}
    />
  )
}

function PeopleFilters({ take }: { take: ReactNode }) {
  const { w, say } = useWords()
  const { people: p } = w
  const { search, set } = useFilters()
  const states = (Object.keys(answers) as (keyof typeof answers)[]).map((value) => ({
    value,
    label: say(answers[value]),
  }))
  return (
    <search className="filters">
      <SearchBox
        label={p.name}
        value={search.get('search') ?? ''}
        onSearch={(value) => set({ search: value })}
      />
      <Choice
        label={p.answer}
        all={p.anyAnswer}
        options={states}
        value={search.get('answer')}
        onChange={(answer) => set({ answer })}
      />
      <Choice
        label={p.reach}
        all={p.anyReach}
        options={[
          { value: 'false', label: p.notReached },
          { value: 'true', label: p.reached },
        ]}
        value={search.get('reached')}
        onChange={(reached) => set({ reached })}
      />
      <DistrictFilter />
      <ClearFilters />
      {take}
    </search>
  )
}

interface TableProps {
  event: EventDetail
  people: Participation[]
  old: boolean
}

function usePeopleColumns(event: EventDetail): Column<Participation>[] {
  const { w, say, language } = useWords()
  const { people: p } = w
  const none = <span className="soft">—</span>
  const placeText = ({ shift }: Participation['assignments'][number]) =>
    `${shift.zone.name} ${periodText(shift.startsAt, shift.endsAt, event.timeZone, language)}`
  return [
    {
      key: 'name',
      title: p.name,
      names: true,
      cell: ({ person }) => (
        <span className="nowrap">
          <Given>{person.name}</Given>
          {person.minor && <small className="soft"> {p.minor}</small>}
        </span>
      ),
      text: ({ person }) => person.name,
    },
    {
      key: 'place',
      title: p.place,
      cell: (each) => <Places event={event} participation={each} />,
      text: (each) => standing(each).map(placeText).join('; '),
    },
    {
      key: 'team',
      title: p.team,
      cell: ({ team }) => (team ? <Given>{team.name}</Given> : none),
      text: ({ team }) => team?.name,
    },
    {
      key: 'unit',
      title: p.unit,
      cell: ({ unit }) => (unit ? <Given>{unit.name}</Given> : none),
      text: ({ unit }) => unit?.name,
    },
    {
      key: 'answer',
      title: p.answer,
      cell: ({ answer }) => <span className="nowrap">{say(answers[answer])}</span>,
      text: ({ answer }) => say(answers[answer]),
    },
    {
      key: 'reach',
      title: p.reach,
      cell: ({ reached, reachState }) => (
        <span className={reached === false ? 'bad' : undefined}>
          {reached === false && '✕ '}
          {say(reachStates[reachState])}
        </span>
      ),
      text: ({ reachState }) => say(reachStates[reachState]),
    },
  ]
}

function PeopleTable({ event, people, old }: TableProps) {
  const { people: p } = useWords().w
  const [error, setError] = useState<unknown>()
  const mayRecord = useStore(me)?.permissions.includes('answers.record') && event.state === 'published'
  const columns = usePeopleColumns(event)
  const acting: Column<Participation> = {
    key: 'act',
    title: p.act,
    cell: (each) => <Recording participation={each} failed={setError} />,
  }
  return (
    <>
      {error !== undefined && <Trouble error={error} />}
      <DataTable
        caption={p.title}
        columns={mayRecord ? [...columns, acting] : columns}
        rows={people}
        keyOf={({ id }) => id}
        old={old}
      />
    </>
  )
}

const standing = ({ assignments }: Participation) =>
  assignments.filter(({ cancelledAt }) => cancelledAt === null)

function Places({ event, participation }: { event: EventDetail; participation: Participation }) {
  const { w, language } = useWords()
  const live = standing(participation)
  if (live.length === 0) return <span className="soft">{w.people.noPlace}</span>
  return (
    <ul>
      {live.map(({ id, shift }) => (
        <li key={id} className="nowrap">
          <Link to={paths.shift(event.id, shift.id)}>
            <Given>{shift.zone.name}</Given>
          </Link>{' '}
          {periodText(shift.startsAt, shift.endsAt, event.timeZone, language)}
        </li>
      ))}
    </ul>
  )
}

interface RecordingProps {
  participation: Participation
  failed: (error: unknown) => void
}

/** Notes an answer that was given orally. */
function Recording({ participation, failed }: RecordingProps) {
  const { people: p } = useWords().w
  const record = async (answer: 'accepted' | 'declined') => {
    failed(undefined)
    try {
      await ask(recordAnswer, { params: { participationId: participation.id }, body: { answer } })
      await readAgain(listParticipations, readEventSteps)
      tellDone({ text: p.recorded })
    } catch (error) {
      failed(error)
    }
  }
  const items = [
    { key: 'accepted', label: p.accepts, onClick: () => void record('accepted') },
    { key: 'declined', label: p.declines, onClick: () => void record('declined') },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button size="small" aria-haspopup="menu">
        {p.record} <span aria-hidden="true">▾</span>
      </Button>
    </Dropdown>
  )
}
