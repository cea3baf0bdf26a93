import { Link } from 'react-router'
import { outcomes } from '#modules/attendance/words.ts'
import { answers } from '#modules/mobilization/words.ts'
import { listService, type Person, type ServicePage } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { periodText } from '../../core/time.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Pager } from '../../ui/office/pager.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { useOrganisationWords } from '../words/index.ts'

type Query = Pick<InputOf<typeof listService>['query'], 'cursor' | 'limit'>
type Placed = ServicePage['items'][number]

/** What somebody was placed on by teams of the reader's reach, what came of it, and how long they served in all. */
export function Service({ person }: { person: Person }) {
  const { say, language } = useWords()
  const { service: s } = useOrganisationWords()
  const { search } = useFilters()
  const query = queryIn<Query>(search, ['cursor', 'limit'])
  const found = useAsk(listService, { params: { personId: person.id }, query })
  const columns: Column<Placed>[] = [
    {
      key: 'shift',
      title: s.when,
      names: true,
      cell: ({ shift, event }) => (
        <Link className="nowrap" to={paths.shift(event.id, shift.id)}>
          {periodText(shift.startsAt, shift.endsAt, event.timeZone, language)}
        </Link>
      ),
    },
    {
      key: 'event',
      title: s.event,
      cell: ({ event, zone }) => (
        <>
          <Given>{event.name}</Given>
          <span className="soft line">
            <Given>{zone.name}</Given>
          </span>
        </>
      ),
    },
    { key: 'team', title: s.team, cell: ({ team }) => (team ? <Given>{team.name}</Given> : '—') },
    {
      key: 'outcome',
      title: s.outcome,
      cell: ({ outcome, answer }) =>
        outcome ? say(outcomes[outcome]) : answer ? say(answers[answer]) : s.waiting,
    },
    {
      key: 'minutes',
      title: s.minutes,
      number: true,
      cell: ({ minutes }) => (minutes === null ? '—' : s.hours(minutes)),
    },
  ]
  return (
    <>
      <div className="panelhead">
        <h2>{s.title}</h2>
        {found.data && <span className="soft">{s.sum(found.data.times, found.data.minutes)}</span>}
      </div>
      {found.isPending && <Skeleton lines={3} />}
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <p className="soft">{s.none}</p>}
      {found.data && found.data.items.length > 0 && (
        <>
          <DataTable
            caption={s.title}
            columns={columns}
            rows={found.data.items}
            keyOf={({ assignmentId }) => assignmentId}
            old={found.isPlaceholderData}
          />
          <Pager text={s.found(found.data.items.length)} nextCursor={found.data.nextCursor} />
        </>
      )}
    </>
  )
}
