import { Link } from 'react-router'
import { unrankedReasons } from '#modules/inspection/words.ts'
import type { RankingLine, WholeRanking } from '../../api/operations.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { decimals } from './texts.ts'
import { useRankingWords } from './words/index.ts'

/** Who stands where; beside each, from whom the sample does not tell them apart. */
export function LineTable({ ranking }: { ranking: WholeRanking }) {
  const { r, say } = useRankingWords()
  const levelWith = (line: RankingLine) =>
    ranking.lines.filter(({ id, bracket }) => bracket === line.bracket && id !== line.id)
  const columns: Column<RankingLine>[] = [
    {
      key: 'rank',
      title: r.rank,
      number: true,
      cell: ({ rank }) => (rank === null ? <span className="soft">{r.none}</span> : <strong>{rank}</strong>),
    },
    {
      key: 'name',
      title: r.member,
      names: true,
      cell: ({ id, name }) => (
        <Link to={paths.rankingLine(ranking.id, id)}>
          <Given>{name}</Given>
        </Link>
      ),
    },
    { key: 'total', title: r.total, number: true, cell: ({ total }) => decimals(total) },
    {
      key: 'interval',
      title: r.interval,
      number: true,
      cell: ({ interval }) =>
        interval ? r.between(decimals(interval.low), decimals(interval.high)) : r.none,
    },
    { key: 'field', title: r.field, number: true, cell: ({ field }) => decimals(field) },
    {
      key: 'onTime',
      title: r.onTime,
      number: true,
      cell: ({ onTime: { part, whole, percent } }) => (
        <>
          {percent === null ? r.none : r.percent(percent)}
          <span className="line soft">{r.of(part, whole)}</span>
        </>
      ),
    },
    { key: 'points', title: r.points, number: true, cell: ({ points }) => points },
    {
      key: 'difference',
      title: r.difference,
      cell: (line) => {
        if (line.unrankedBecause)
          return (
            <>
              {r.unranked}
              <span className="line soft">{say(unrankedReasons[line.unrankedBecause])}</span>
            </>
          )
        if (line.bracket === null)
          return (
            <>
              {r.alone}
              {line.last && <span className="line bad">{r.last}</span>}
            </>
          )
        const others = levelWith(line).map(({ name }) => name)
        return (
          <>
            <span aria-hidden="true">≈ </span>
            {r.levelBefore}
            <Given>{others.join(r.and)}</Given>
            {r.levelAfter}
          </>
        )
      },
    },
  ]
  return (
    <section className="panel table" aria-label={r.lines}>
      <DataTable caption={r.lines} columns={columns} rows={ranking.lines} keyOf={({ id }) => id} />
    </section>
  )
}
