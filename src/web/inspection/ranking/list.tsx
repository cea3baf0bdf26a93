import { Link } from 'react-router'
import { rankingGroups, rankingStates } from '#modules/inspection/words.ts'
import { listRankings, type Ranking } from '../../api/operations.ts'
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
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { optionsOf } from '../options.ts'
import { InspectionPage, useMay } from '../page.tsx'
import { useRankingName } from './texts.ts'
import { useRankingWords } from './words/index.ts'

type Query = InputOf<typeof listRankings>['query']

/** Who stands where each month, and may units still appeal? The latest month first. */
export function Component() {
  const { r, say } = useRankingWords()
  const { search, set } = useFilters()
  const mayMake = useMay('rankings.edit')
  const found = useAsk(listRankings, { query: queryIn<Query>(search, ['group', 'month', 'cursor', 'limit']) })
  const make = mayMake && <LinkButton primary to={paths.newRanking()} text={r.new} />
  return (
    <InspectionPage title={r.title} question={r.question} acts={make}>
      <search className="filters">
        <Choice
          label={r.group}
          all={r.anyGroup}
          options={optionsOf(rankingGroups, say)}
          value={search.get('group')}
          onChange={(group) => set({ group })}
        />
        <ClearFilters />
      </search>
      <Listing
        found={found}
        filtered={['group', 'month'].some((name) => search.get(name))}
        empty={{ all: r.empty, filtered: r.emptyFiltered, act: make }}
        count={r.count}
      >
        {(rankings, old) => <RankingTable rankings={rankings} old={old} />}
      </Listing>
    </InspectionPage>
  )
}

function RankingTable({ rankings, old }: { rankings: Ranking[]; old: boolean }) {
  const { r, say, language } = useRankingWords()
  const nameOf = useRankingName()
  const columns: Column<Ranking>[] = [
    {
      key: 'name',
      title: r.title,
      names: true,
      cell: (ranking) => <Link to={paths.ranking(ranking.id)}>{nameOf(ranking)}</Link>,
    },
    { key: 'issuer', title: r.issuer, cell: ({ issuer }) => <Given>{issuer.name}</Given> },
    { key: 'state', title: r.state, cell: ({ state }) => say(rankingStates[state]) },
    {
      key: 'appealable',
      title: r.appealable,
      cell: ({ appealableUntil }) =>
        appealableUntil && (
          <span className="nowrap">{momentText(appealableUntil, cityZone(), language)}</span>
        ),
    },
  ]
  return <DataTable caption={r.title} columns={columns} rows={rankings} keyOf={({ id }) => id} old={old} />
}
