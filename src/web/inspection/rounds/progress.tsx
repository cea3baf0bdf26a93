import { Link } from 'react-router'
import { type RoundProgress, readRoundProgress } from '../../api/operations.ts'
import { useAsk } from '../../core/query.ts'
import { paths } from '../../paths.ts'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useRoundWords } from '../words/index.ts'

type District = RoundProgress['districts'][number]
type Inspector = RoundProgress['inspectors'][number]

/** How far a round is, by district and by inspector; a district opens its part of the sample. */
export function Progress({ roundId }: { roundId: string }) {
  const { r } = useRoundWords()
  const found = useAsk(readRoundProgress, { params: { roundId } }, { every: () => 60_000 })
  if (found.isError) return <Trouble error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Skeleton lines={6} />
  const { districts, inspectors } = found.data
  return (
    <>
      <section className="panel table" aria-label={r.byDistrict}>
        <h2 className="padded">{r.byDistrict}</h2>
        <Districts roundId={roundId} districts={districts} />
        <p className="padded soft">
          {r.notSeen} · {r.notSeenHint}
        </p>
      </section>
      <section className="panel table" aria-label={r.byInspector}>
        <h2 className="padded">{r.byInspector}</h2>
        {inspectors.length === 0 ? (
          <p className="padded soft">{r.noInspectors}</p>
        ) : (
          <Inspectors inspectors={inspectors} />
        )}
      </section>
    </>
  )
}

function Districts({ roundId, districts }: { roundId: string; districts: District[] }) {
  const { r } = useRoundWords()
  const sampleOf = (code: string) =>
    `${paths.sample(roundId)}${code ? `?${new URLSearchParams({ districtCode: code })}` : ''}`
  const columns: Column<District>[] = [
    {
      key: 'district',
      title: r.district,
      names: true,
      cell: ({ districtCode, name }) => (
        <Link to={sampleOf(districtCode)}>
          {districtCode === '' ? r.city : <Given>{name || districtCode}</Given>}
        </Link>
      ),
    },
    { key: 'points', title: r.pointCount, number: true, cell: ({ points }) => points },
    { key: 'visited', title: r.received, number: true, cell: ({ visited }) => visited },
    { key: 'notSeen', title: r.notSeen, number: true, cell: ({ notSeen }) => notSeen },
    { key: 'waiting', title: r.waiting, number: true, cell: ({ waiting }) => waiting },
    { key: 'unassigned', title: r.unassigned, number: true, cell: ({ unassigned }) => unassigned },
    {
      key: 'bar',
      title: r.progress,
      cell: ({ points, visited }) => (
        <progress max={points} value={visited} aria-label={r.visited(visited, points)} />
      ),
    },
  ]
  return (
    <DataTable
      caption={r.byDistrict}
      columns={columns}
      rows={districts}
      keyOf={({ districtCode }) => districtCode}
    />
  )
}

function Inspectors({ inspectors }: { inspectors: Inspector[] }) {
  const { r } = useRoundWords()
  const columns: Column<Inspector>[] = [
    { key: 'name', title: r.inspector, names: true, cell: ({ name }) => <Given>{name}</Given> },
    { key: 'unit', title: r.unit, cell: ({ unit }) => (unit ? <Given>{unit.name}</Given> : r.none) },
    { key: 'visited', title: r.received, number: true, cell: ({ visited }) => visited },
    { key: 'notSeen', title: r.notSeen, number: true, cell: ({ notSeen }) => notSeen },
    { key: 'waiting', title: r.waiting, number: true, cell: ({ waiting }) => waiting },
  ]
  return (
    <DataTable caption={r.byInspector} columns={columns} rows={inspectors} keyOf={({ userId }) => userId} />
  )
}
