import { Link } from 'react-router'
import { type BlindSpots, listPoints, type Point, readBlindSpots } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { cityZone } from '../core/zone.ts'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { Given } from '../ui/plain/given.tsx'
import { CityPage } from './page.tsx'
import { useCityWords } from './words.ts'

type Left = BlindSpots['unaccepted'][number]

/** What does nobody look after? */
export function Component() {
  const { r } = useCityWords()
  const found = useAsk(readBlindSpots, {})
  return (
    <CityPage title={r.spots} question={r.spotsQuestion}>
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={8} />}
      {found.data && (
        <div className="room">
          <LeftTable title={r.unaccepted} rows={found.data.unaccepted} />
          <LeftTable title={r.unexplained} rows={found.data.unexplained} />
          <LeftTable title={r.ofClosed} rows={found.data.ofClosed} />
          <Unvisited />
          <Panel label={r.eachOther}>
            <h2>{r.eachOther}</h2>
            {found.data.eachOther.length === 0 && <p className="soft">{r.none}</p>}
            <ul>
              {found.data.eachOther.map(({ one, other, tasks }) => (
                <li key={`${one.id} ${other.id}`}>
                  <Given>{one.name}</Given> ⇄ <Given>{other.name}</Given> · {r.pair(tasks)}
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      )}
    </CityPage>
  )
}

/** Points that nobody saw for a year, and where to find who answers for nothing: for whoever sees points. */
function Unvisited() {
  const { r } = useCityWords()
  const { permissions = [] } = useStore(me) ?? {}
  const skip = !permissions.includes('schemes.read')
  const found = useAsk(listPoints, { query: { unseen: true, limit: 20 } }, { skip })
  if (skip) return null
  const { items = [], nextCursor } = found.data ?? {}
  const columns: Column<Point>[] = [
    { key: 'code', title: r.number, cell: ({ code }) => <Given>{code}</Given> },
    {
      key: 'name',
      title: r.point,
      names: true,
      cell: ({ id, name }) => (
        <Link to={paths.point(id)}>
          <Given>{name}</Given>
        </Link>
      ),
    },
    { key: 'zone', title: r.zone, cell: ({ zone }) => <Given>{zone.name}</Given> },
    { key: 'unit', title: r.unit, cell: ({ unit }) => unit && <Given>{unit.name}</Given> },
  ]
  return (
    <section className="panel table" aria-label={r.unvisited}>
      <h2 className="padded">{r.unvisited}</h2>
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.isPending && <Skeleton lines={3} />}
      {found.data && items.length === 0 && <p className="padded soft">{r.none}</p>}
      {items.length > 0 && (
        <DataTable caption={r.unvisited} columns={columns} rows={items} keyOf={({ id }) => id} />
      )}
      {nextCursor && (
        <p className="padded">
          <Link to={`${paths.points()}?unseen=true`}>{r.allUnvisited}</Link>
        </p>
      )}
    </section>
  )
}

function LeftTable({ title, rows }: { title: string; rows: Left[] }) {
  const { r, language } = useCityWords()
  const columns: Column<Left>[] = [
    { key: 'number', title: r.number, cell: ({ outline }) => <Given>{outline}</Given> },
    {
      key: 'item',
      title: r.item,
      names: true,
      cell: ({ id, text }) => (
        <Link to={paths.task(id)}>
          <Given>{text}</Given>
        </Link>
      ),
    },
    { key: 'book', title: r.book, cell: ({ book }) => <Given>{book.name}</Given> },
    { key: 'unit', title: r.unit, cell: ({ unit }) => <Given>{unit.name}</Given> },
    {
      key: 'issuedAt',
      title: r.since,
      cell: ({ issuedAt }) =>
        issuedAt && <span className="nowrap">{momentText(issuedAt, cityZone(), language)}</span>,
    },
  ]
  return (
    <section className="panel table" aria-label={title}>
      <h2 className="padded">{title}</h2>
      {rows.length === 0 ? (
        <p className="padded soft">{r.none}</p>
      ) : (
        <DataTable caption={title} columns={columns} rows={rows} keyOf={({ id }) => id} />
      )}
    </section>
  )
}
