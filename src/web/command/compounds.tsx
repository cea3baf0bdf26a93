import { Link } from 'react-router'
import { responsibilityLevels, zoneKinds } from '#modules/grid/words.ts'
import { listTasks, type OwnCompounds, readCompounds } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Empty, Skeleton, Trouble } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { Given } from '../ui/plain/given.tsx'
import { FunnelBar } from './funnel.tsx'
import { CityPage } from './page.tsx'
import { TaskTable } from './task-table.tsx'
import { useCityWords } from './words.ts'

type Compound = OwnCompounds['items'][number]

/** How do the compounds stand that I answer for, and how do I? */
export function Component() {
  const { r } = useCityWords()
  const found = useAsk(readCompounds, {})
  const own = found.data
  return (
    <CityPage title={r.compounds} question={r.compoundsQuestion}>
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={8} />}
      {own && (
        <div className="room">
          <Panel label={r.ownStanding}>
            <h2>{r.ownStanding}</h2>
            <FunnelBar funnel={own.standing} />
          </Panel>
          <section className="panel table" aria-label={r.compounds}>
            {own.items.length === 0 ? (
              <Empty text={own.personId === null ? r.noPerson : r.emptyCompounds} />
            ) : (
              <Compounds items={own.items} />
            )}
          </section>
          {own.personId && <Visits personId={own.personId} />}
        </div>
      )}
    </CityPage>
  )
}

function Compounds({ items }: { items: Compound[] }) {
  const { r, say } = useCityWords()
  const columns: Column<Compound>[] = [
    {
      key: 'zone',
      title: r.zone,
      names: true,
      cell: ({ zone }) => (
        <Link to={paths.zone(zone.id)}>
          <Given>{zone.name}</Given>
        </Link>
      ),
    },
    { key: 'kind', title: r.zoneKind, cell: ({ kind }) => say(zoneKinds[kind]) },
    { key: 'role', title: r.role, cell: ({ level }) => say(responsibilityLevels[level]) },
    { key: 'from', title: r.from, cell: ({ since }) => <span className="nowrap">{since}</span> },
    { key: 'unit', title: r.unit, cell: ({ unit }) => (unit ? <Given>{unit.name}</Given> : r.nobody) },
    { key: 'progress', title: r.progress, cell: ({ funnel }) => <FunnelBar funnel={funnel} /> },
  ]
  return (
    <DataTable
      caption={r.compounds}
      columns={columns}
      rows={items}
      keyOf={({ zone, level }) => zone.id + level}
    />
  )
}

function Visits({ personId }: { personId: string }) {
  const { r } = useCityWords()
  const found = useAsk(listTasks, { query: { leaderPersonId: personId, limit: 100 } })
  const tasks = found.data?.items ?? []
  return (
    <section className="panel table" aria-label={r.visits}>
      <h2 className="padded">{r.visits}</h2>
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={5} />}
      {found.isSuccess && tasks.length === 0 && <p className="padded soft">{r.emptyVisits}</p>}
      {tasks.length > 0 && <TaskTable tasks={tasks} old={false} />}
    </section>
  )
}
