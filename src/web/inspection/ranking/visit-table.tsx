import { Link } from 'react-router'
import { pointClasses } from '#modules/inspection/words.ts'
import type { RankedVisit } from '../../api/operations.ts'
import { momentText } from '../../core/time.ts'
import { cityZone } from '../../core/zone.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useRankingWords } from './words/index.ts'

interface Props {
  rankingId: string
  lineId: string
  visits: readonly RankedVisit[]
  old: boolean
}

/** The visits that a line comes of, each with its score and what it found. */
export function VisitTable({ rankingId, lineId, visits, old }: Props) {
  const { r, say, language } = useRankingWords()
  const at = (moment: string) => momentText(moment, cityZone(), language)
  const score = ({ earned, possible, percent }: RankedVisit['balanced']) => (
    <>
      {percent ?? r.none}
      <span className="line soft">{r.of(earned, possible)}</span>
    </>
  )
  const columns: Column<RankedVisit>[] = [
    {
      key: 'point',
      title: r.point,
      names: true,
      cell: ({ id, point, zone }) => (
        <Link to={`${paths.rankedVisit(rankingId, id)}?lineId=${lineId}`}>
          <Given>{point?.name ?? zone.name}</Given>
        </Link>
      ),
    },
    {
      key: 'class',
      title: r.pointClass,
      cell: ({ pointClass }) => pointClass && say(pointClasses[pointClass]),
    },
    { key: 'zone', title: r.zone, cell: ({ zone }) => <Given>{zone.name}</Given> },
    {
      key: 'at',
      title: r.receivedAt,
      cell: ({ receivedAt }) => receivedAt && <span className="nowrap">{at(receivedAt)}</span>,
    },
    { key: 'score', title: r.score, number: true, cell: ({ balanced }) => score(balanced) },
    {
      key: 'notSeen',
      title: r.notSeen,
      cell: ({ notApplicable, unseen }) =>
        notApplicable + unseen > 0 ? r.notSeenOf(notApplicable, unseen) : r.none,
    },
    { key: 'cases', title: r.cases, number: true, cell: ({ cases }) => cases },
    {
      key: 'rescored',
      title: r.superseded,
      cell: ({ rescoredAt }) => rescoredAt && <span className="warn">{r.rescored(at(rescoredAt))}</span>,
    },
  ]
  return <DataTable caption={r.visitsOf} columns={columns} rows={visits} keyOf={({ id }) => id} old={old} />
}
