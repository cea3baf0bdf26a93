import { Link, useParams } from 'react-router'
import { pointClasses } from '#modules/inspection/words.ts'
import { listRankedVisits, type RankingLine, readRanking } from '../../api/operations.ts'
import { queryIn, withFilter } from '../../core/list-query.ts'
import type { InputOf } from '../../core/operation.ts'
import { useAsk } from '../../core/query.ts'
import { useDistricts } from '../../grid/districts.ts'
import { paths } from '../../paths.ts'
import { ClearFilters } from '../../ui/office/clear-filters.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { useFilters } from '../../ui/office/filters.ts'
import { LinkButton } from '../../ui/office/link-button.tsx'
import { Listing } from '../../ui/office/listing.tsx'
import { Arriving, Empty } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { InspectionPage } from '../page.tsx'
import { RatesTable } from '../rates/table.tsx'
import { decimals, useRankingName } from './texts.ts'
import { VisitTable } from './visit-table.tsx'
import { useRankingWords } from './words/index.ts'

type Stratum = RankingLine['strata'][number]
type Query = InputOf<typeof listRankedVisits>['query']

/** Of which visits does this place come? From the classes of points down to each visit. */
export function Component() {
  const { r } = useRankingWords()
  const nameOf = useRankingName()
  const { rankingId = '', lineId = '' } = useParams()
  const found = useAsk(readRanking, { params: { rankingId } })
  const line = found.data?.lines.find(({ id }) => id === lineId)
  return (
    <InspectionPage
      title={line ? line.name : r.line}
      given={line !== undefined}
      question={found.data ? `${nameOf(found.data)} · ${r.lineQuestion}` : r.lineQuestion}
      acts={<LinkButton to={paths.ranking(rankingId)} text={r.backToRanking} />}
    >
      {line && (
        <div className="room">
          <Strata line={line} />
          <Visits rankingId={rankingId} lineId={lineId} />
          <RatesTable caption={r.ownCases} groups={[{ ...line.cases, id: line.id, name: line.name }]} given />
        </div>
      )}
      {!line && found.data && (
        <div className="panel">
          <Empty text={r.lineGone} />
        </div>
      )}
      {!found.data && <Arriving found={found} />}
    </InspectionPage>
  )
}

function Strata({ line }: { line: RankingLine }) {
  const { r, say } = useRankingWords()
  const districts = useDistricts()
  const { search } = useFilters()
  const only = ({ districtCode, pointClass }: Stratum) =>
    withFilter(search, { districtCode, pointClass }).toString()
  const columns: Column<Stratum>[] = [
    {
      key: 'class',
      title: r.pointClass,
      names: true,
      cell: ({ pointClass }) => say(pointClasses[pointClass]),
    },
    {
      key: 'district',
      title: r.district,
      cell: ({ districtCode }) => <Given>{districts.nameOf(districtCode) ?? ''}</Given>,
    },
    { key: 'weight', title: r.weight, number: true, cell: ({ weight }) => weight },
    { key: 'points', title: r.points, number: true, cell: ({ points }) => points },
    { key: 'mean', title: r.mean, number: true, cell: ({ mean }) => decimals(mean) },
    {
      key: 'look',
      title: r.look,
      cell: (stratum) => (
        <Link to={{ search: only(stratum) }}>
          {r.look}
          <span className="hear"> {say(pointClasses[stratum.pointClass])}</span>
        </Link>
      ),
    },
  ]
  return (
    <section className="panel table" aria-label={r.strata}>
      <h2 className="padded">{r.strata}</h2>
      <DataTable
        caption={r.strata}
        columns={columns}
        rows={line.strata}
        keyOf={({ districtCode, pointClass }) => `${districtCode} ${pointClass}`}
      />
    </section>
  )
}

function Visits({ rankingId, lineId }: { rankingId: string; lineId: string }) {
  const { r, say } = useRankingWords()
  const districts = useDistricts()
  const { search } = useFilters()
  const query = queryIn<Query>(search, ['districtCode', 'pointClass', 'cursor', 'limit'])
  const found = useAsk(listRankedVisits, { params: { rankingId, lineId }, query })
  const { districtCode, pointClass } = query
  const of = [
    ...(districtCode ? [districts.nameOf(districtCode)] : []),
    ...(pointClass ? [say(pointClasses[pointClass])] : []),
  ]
  return (
    <section aria-label={r.visitsOf}>
      <div className="filters">
        <h2>{r.visitsOf}</h2>
        {of.length > 0 && (
          <span>
            <Given>{of.join(' · ')}</Given>
          </span>
        )}
        <ClearFilters />
      </div>
      <Listing
        found={found}
        filtered={of.length > 0}
        empty={{ all: r.emptyVisits, filtered: r.emptyVisits }}
        count={r.countVisits}
      >
        {(visits, old) => <VisitTable rankingId={rankingId} lineId={lineId} visits={visits} old={old} />}
      </Listing>
    </section>
  )
}
