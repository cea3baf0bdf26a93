import { Button } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { type EventDetail, listQuotas, type Quota, readFunnel } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { me } from '../../core/session.ts'
import { useStore } from '../../core/store.ts'
import { DistrictFilter } from '../../grid/district-filter.tsx'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'

import { SearchBox } from '../../ui/office/search-box.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'
import { EventPage } from '../event-page.tsx'
import { PledgeDialog } from './pledge.tsx'

type Query = InputOf<typeof listQuotas>['query']
const filters = ['search', 'districtCode', 'answered', 'unitId'] as const
const names = [...filters, 'sort', 'cursor', 'limit'] as const

/** How many people is each unit asked for, and how many does it offer? */
export function Component() {
  const { w } = useWords()
  const mayAsk = useMayAsk()
  return (
    <EventPage
      help="quotas"
      title={w.quotas.title}
      question={w.quotas.question}
      acts={(event) => mayAsk(event) && <AskButton event={event} />}
    >
      {(event) => <Quotas event={event} mayAsk={mayAsk(event)} />}
    </EventPage>
  )
}

const isOpen = ({ state }: EventDetail) => state === 'draft' || state === 'published'

/** Whether somebody asks units for people: the organiser, and the offices above it. */
function useMayAsk(): (event: EventDetail) => boolean {
  const permissions = useStore(me)?.permissions ?? []
  return (event) =>
    isOpen(event) && permissions.includes('quotas.edit') && event.allowed.includes('changeEvent')
}

function AskButton({ event }: { event: EventDetail }) {
  const { w } = useWords()
  return <LinkButton primary to={paths.askUnits(event.id)} text={w.quotas.ask} />
}

function Quotas({ event, mayAsk }: { event: EventDetail; mayAsk: boolean }) {
  const { w } = useWords()
  const { search } = useFilters()
  const params = { eventId: event.id }
  const query: Query = { sort: 'gap', ...queryIn<Query>(search, names) }
  const found = useAsk(listQuotas, { params, query })
  const isFiltered = filters.some((name) => search.get(name))
  return (
    <>
      <QuotaFilters />
      <Funnel event={event} />
      <Listing
        found={found}
        filtered={isFiltered}
        empty={{
          all: mayAsk ? w.quotas.empty : w.quotas.emptyReader,
          filtered: w.quotas.emptyFiltered,
          act: mayAsk && <AskButton event={event} />,
        }}
        count={w.quotas.found}
      >
        {(quotas, old) => <QuotaTable event={event} quotas={quotas} old={old} />}
      </Listing>
    </>
  )
}

function QuotaFilters() {
  const { w } = useWords()
  const { quotas: q } = w
  const { search, set } = useFilters()
  const answers = [
    { value: 'false', label: q.notAnswered },
    { value: 'true', label: q.answered },
  ]
  return (
    <search className="filters">
      <SearchBox
        label={q.unit}
        value={search.get('search') ?? ''}
        onSearch={(value) => set({ search: value })}
      />
      <DistrictFilter />
      <Choice
        label={q.answerState}
        all={q.anyAnswer}
        options={answers}
        value={search.get('answered')}
        onChange={(answered) => set({ answered })}
      />
      <Choice
        label={q.sort}
        all={q.byGap}
        options={[{ value: 'name', label: q.byName }]}
        value={search.get('sort')}
        onChange={(sort) => set({ sort })}
      />
      <ClearFilters />
    </search>
  )
}

/** The funnel 需求 → 上报 → 实名 → 确认, in sum. */
function Funnel({ event }: { event: EventDetail }) {
  const { quotas: q } = useWords().w
  const found = useAsk(readFunnel, { params: { eventId: event.id } })
  if (!found.data || found.data.units === 0) return null
  const { asked, pledged, named, confirmed, units, answered, refused } = found.data
  const figures: [string, number][] = [
    [q.asked, asked],
    [q.pledged, pledged],
    [q.named, named],
    [q.confirmed, confirmed],
  ]
  return (
    <div className="figures panel">
      {figures.map(([label, figure]) => (
        <div key={label}>
          <strong>{figure}</strong>
          <span>{label}</span>
        </div>
      ))}
      <p className="sum">{q.funnel(units, answered, refused)}</p>
    </div>
  )
}

interface TableProps {
  event: EventDetail
  quotas: Quota[]
  old: boolean
}

function QuotaTable({ event, quotas, old }: TableProps) {
  const { quotas: q } = useWords().w
  const [search, setSearch] = useSearchParams()
  const mayName = useStore(me)?.permissions.includes('sign_ups.edit') === true
  const open = (id: string | null) => {
    const next = new URLSearchParams(search)
    if (id) next.set('pledge', id)
    else next.delete('pledge')
    setSearch(next, { replace: id === null })
  }
  const none = <span className="soft">—</span>
  const asked = quotas.find(({ id }) => id === search.get('pledge'))
  const columns: Column<Quota>[] = [
    { key: 'unit', title: q.unit, names: true, cell: ({ unit }) => <Given>{unit.name}</Given> },
    { key: 'asked', title: q.asked, number: true, cell: ({ asked }) => asked },
    { key: 'pledged', title: q.pledged, number: true, cell: (quota) => <Pledged quota={quota} /> },
    {
      key: 'gap',
      title: q.gap,
      number: true,
      cell: ({ asked, pledged }) => {
        const gap = asked - (pledged ?? 0)
        return gap > 0 ? <strong className="bad">{gap}</strong> : none
      },
    },
    { key: 'named', title: q.named, number: true, cell: ({ named }) => named },
    { key: 'confirmed', title: q.confirmed, number: true, cell: ({ confirmed }) => confirmed },
    { key: 'note', title: q.note, cell: ({ note }) => (note ? <Given>{note}</Given> : none) },
    {
      key: 'act',
      title: q.act,
      cell: ({ id, unit, pledged, allowed }) =>
        isOpen(event) &&
        allowed.includes('pledgeQuota') && (
          <span className="acts-here">
            <Button size="small" onClick={() => open(id)}>
              {pledged === null ? q.answer : q.change}
            </Button>
            {mayName && <Link to={`${paths.signUps(event.id)}?unitId=${unit.id}`}>{q.names}</Link>}
          </span>
        ),
    },
  ]
  return (
    <>
      <DataTable caption={q.title} columns={columns} rows={quotas} keyOf={({ id }) => id} old={old} />
      {asked && <PledgeDialog quota={asked} close={() => open(null)} />}
    </>
  )
}

function Pledged({ quota: { pledged } }: { quota: Quota }) {
  const { quotas: q } = useWords().w
  if (pledged === null) return <span className="warn">{q.notAnswered}</span>
  return pledged === 0 ? <span className="soft">{q.refused}</span> : pledged
}
