import { Checkbox } from 'antd'
import { Link } from 'react-router'
import { appealOutcomes, rankingGroups } from '#modules/inspection/words.ts'
import { type Appeal, listAppeals } from '../../api/operations.ts'
import { queryIn } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { Choice } from '../../ui/office/choice.tsx'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { Listing } from '../../ui/office/listing.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { InspectionPage } from '../page.tsx'
import { Answer } from './answer.tsx'
import { useAppealsWords } from './words/index.ts'

type Query = InputOf<typeof listAppeals>['query']
const filters = ['rankingId', 'open'] as const

/** Which units say that an observation is wrong, and what became of it? The oldest first. */
export function Component() {
  const { r } = useAppealsWords()
  const { search, set } = useFilters()
  const found = useAsk(listAppeals, { query: queryIn<Query>(search, [...filters, 'cursor', 'limit']) })
  return (
    <InspectionPage title={r.title} question={r.question}>
      <search className="filters">
        <Choice
          label={r.state}
          all={r.any}
          options={[
            { value: 'true', label: r.open },
            { value: 'false', label: r.closed },
          ]}
          value={search.get('open')}
          onChange={(open) => set({ open })}
        />
        {search.get('rankingId') && (
          <Checkbox checked onChange={() => set({ rankingId: null })}>
            {r.ofRanking}
          </Checkbox>
        )}
        <ClearFilters />
      </search>
      <Listing
        found={found}
        filtered={filters.some((name) => search.get(name))}
        empty={{ all: r.empty, filtered: r.emptyFiltered }}
        count={r.count}
      >
        {(appeals, old) => <AppealTable appeals={appeals} old={old} />}
      </Listing>
    </InspectionPage>
  )
}

/** The month and group of the ranking that an appeal is about. */
export function useRankingOf(): (of: Appeal['ranking']) => string {
  const { r, say } = useAppealsWords()
  return ({ month, group }) => {
    const [year = '', number = ''] = month.split('-')
    return r.monthGroup(year, Number(number), say(rankingGroups[group]))
  }
}

function AppealTable({ appeals, old }: { appeals: Appeal[]; old: boolean }) {
  const { r, say, language } = useAppealsWords()
  const rankingOf = useRankingOf()
  const columns: Column<Appeal>[] = [
    {
      key: 'standard',
      title: r.standard,
      names: true,
      cell: ({ id, standard }) => (
        <Link to={paths.appeal(id)}>
          <Given>{`${standard.code} ${standard.text}`}</Given>
        </Link>
      ),
    },
    { key: 'point', title: r.point, cell: ({ point }) => point && <Given>{point.name}</Given> },
    { key: 'unit', title: r.unit, cell: ({ unit }) => <Given>{unit.name}</Given> },
    { key: 'ranking', title: r.ranking, cell: ({ ranking }) => rankingOf(ranking) },
    {
      key: 'change',
      title: r.change,
      cell: ({ seen, wanted }) => (
        <>
          <Answer of={seen} />
          <span className="line">
            {r.arrow} <Answer of={wanted} />
          </span>
        </>
      ),
    },
    {
      key: 'at',
      title: r.at,
      cell: ({ createdAt }) => <span className="nowrap">{momentText(createdAt, cityZone(), language)}</span>,
    },
    {
      key: 'state',
      title: r.state,
      cell: ({ outcome }) => (outcome ? say(appealOutcomes[outcome]) : <strong>{r.open}</strong>),
    },
  ]
  return <DataTable caption={r.title} columns={columns} rows={appeals} keyOf={({ id }) => id} old={old} />
}
