import { useQuery } from '@tanstack/react-query'
import { AdminPage } from '../admin/page.tsx'
import { type Readiness, readReadiness, type Watched } from '../core/readiness.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { useSystemWords } from './words.ts'

/** Does the service work, and what has to be done? */
export function Component() {
  const { r } = useSystemWords()
  const found = useQuery({ queryKey: ['readiness'], queryFn: readReadiness, refetchInterval: 30_000 })
  const { data } = found
  return (
    <AdminPage title={r.system} question={r.systemQuestion}>
      <div className="column">
        {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
        {found.isPending && (
          <div className="panel">
            <Skeleton lines={8} />
          </div>
        )}
        {data && (
          <>
            <p className={data.ready ? 'note good' : 'note bad'} role="status">
              {data.ready ? `✓ ${r.ready}` : `✕ ${r.notReady}`} <span className="soft">{r.refreshed}</span>
            </p>
            <Panel label={r.checks}>
              <h2>{r.checks}</h2>
              <Checks checks={data.checks} />
            </Panel>
            <Panel label={r.attention}>
              <h2>{r.attention}</h2>
              <Attention attention={data.attention} />
            </Panel>
            {data.watched.length > 0 && (
              <Panel label={r.watched}>
                <h2>{r.watched}</h2>
                <WatchedTable watched={data.watched} />
              </Panel>
            )}
          </>
        )}
      </div>
    </AdminPage>
  )
}

/** A text by its key, where there is one. */
const by = (texts: Record<string, string>, key: string): string | undefined => texts[key]

function Code({ children }: { children: string }) {
  return (
    <span translate="no" lang="en">
      {children}
    </span>
  )
}

function Checks({ checks }: { checks: Readiness['checks'] }) {
  const { r, w } = useSystemWords()
  type Row = { key: string; ok: boolean; detail: string }
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: r.check,
      names: true,
      cell: ({ key }) => by(r.checkNames, key) ?? <Code>{key}</Code>,
    },
    {
      key: 'state',
      title: r.state,
      cell: ({ ok }) => (
        <span className={ok ? 'state published' : 'state cancelled'}>
          <span aria-hidden="true">{ok ? '✓' : '✕'}</span>
          {ok ? r.good : r.bad}
        </span>
      ),
    },
    {
      key: 'todo',
      title: r.todo,
      cell: ({ key, ok }) =>
        ok ? (
          <span className="soft">{by(r.checkGood, key) ?? '—'}</span>
        ) : (
          (by(r.checkTodo, key) ?? r.unknownTodo)
        ),
    },
    { key: 'detail', title: w.common.technical, cell: ({ detail }) => <Code>{detail}</Code> },
  ]
  const rows = Object.entries(checks).map(([key, check]) => ({ key, ...check }))
  return <DataTable caption={r.checks} rows={rows} columns={columns} keyOf={({ key }) => key} />
}

function Attention({ attention }: { attention: Readiness['attention'] }) {
  const { r, say } = useSystemWords()
  if (attention.length === 0) return <p className="soft">✓ {r.nothing}</p>
  return (
    <ul className="dots">
      {attention.map((each) => (
        <li key={each.name + (each.of ?? '')}>
          <strong>{say(each.title)}</strong> {say(each.todo)}{' '}
          <small className="soft">
            <Value watched={each} />
          </small>
        </li>
      ))}
    </ul>
  )
}

const longer = [
  ['days', 86_400],
  ['hours', 3_600],
  ['minutes', 60],
] as const

/** A long time in the largest unit of which it has two: 172,800 seconds since the last backup tell nobody anything. */
function inWords({ value, unit }: Watched): { value: number; unit: string } {
  const fitting = unit === 'seconds' ? longer.find(([, seconds]) => value >= 2 * seconds) : undefined
  return fitting ? { unit: fitting[0], value: Math.floor(value / fitting[1]) } : { unit, value }
}

function Value({ watched }: { watched: Watched }) {
  const { r } = useSystemWords()
  const { of } = watched
  const { value, unit } = inWords(watched)
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(1)
  const text = unit in r.units ? r.units[unit as keyof typeof r.units](shown) : shown
  return (
    <>
      <span className="nowrap">{text}</span> {of && <Code>{of}</Code>}
    </>
  )
}

function WatchedTable({ watched }: { watched: Watched[] }) {
  const { r, say } = useSystemWords()
  const columns: Column<Watched>[] = [
    { key: 'what', title: r.check, names: true, cell: ({ title }) => say(title) },
    { key: 'value', title: r.value, cell: (each) => <Value watched={each} /> },
  ]
  return (
    <DataTable
      caption={r.watched}
      rows={watched}
      columns={columns}
      keyOf={({ name, of }) => `${name} ${of ?? ''}`}
    />
  )
}
