import { Link } from 'react-router'
import type { AuditEntryView } from '../api/operations.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useFilters } from '../ui/office/filters.ts'
import { Given } from '../ui/plain/given.tsx'
import { useAuditWords } from './words.ts'

/** The entries of one page. Who and what about lead to everything of the same. */
export function EntryTable({ entries, old }: { entries: AuditEntryView[]; old: boolean }) {
  const { r, language } = useAuditWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const columns: Column<AuditEntryView>[] = [
    {
      key: 'at',
      title: r.at,
      cell: ({ at }) => <span className="nowrap">{momentText(at, zone, language)}</span>,
    },
    { key: 'who', title: r.who, cell: (entry) => <Who entry={entry} /> },
    { key: 'what', title: r.what, names: true, cell: ({ text }) => text },
    { key: 'about', title: r.about, cell: (entry) => <About entry={entry} /> },
    {
      key: 'address',
      title: r.address,
      cell: ({ actor }) => (
        <span translate="no" lang="en">
          {actor.address ?? '—'}
        </span>
      ),
    },
    {
      key: 'number',
      title: r.number,
      number: true,
      cell: ({ number }) => number ?? <span className="soft nowrap">{r.unsealed}</span>,
    },
    { key: 'details', title: r.details, cell: (entry) => <Details entry={entry} /> },
  ]
  return <DataTable caption={r.title} rows={entries} columns={columns} keyOf={({ id }) => id} old={old} />
}

function Who({ entry: { actor } }: { entry: AuditEntryView }) {
  const { r } = useAuditWords()
  if (actor.kind !== 'user' || !actor.id)
    return <span className="soft">{r[actor.kind === 'user' ? 'system' : actor.kind]}</span>
  return (
    <Link to={paths.user(actor.id)}>
      <Given>{actor.name ?? actor.id}</Given>
    </Link>
  )
}

function About({ entry: { about, subject } }: { entry: AuditEntryView }) {
  const { search } = useFilters()
  const next = new URLSearchParams(search)
  next.set('subject', subject)
  next.delete('cursor')
  const id = subject.slice(subject.indexOf(':') + 1)
  return (
    <>
      {about.kind}{' '}
      <Link to={{ search: next.toString() }}>
        {about.name ? (
          <Given>{about.name}</Given>
        ) : (
          <span translate="no" lang="en">
            {id.length > 12 ? `…${id.slice(-8)}` : id}
          </span>
        )}
      </Link>
    </>
  )
}

function Details({ entry: { action, details } }: { entry: AuditEntryView }) {
  const { w } = useAuditWords()
  return (
    <details className="technical">
      <summary>{w.common.technical}</summary>
      <dl translate="no" lang="en">
        {[['action', action], ...Object.entries(details)].map(([key, value]) => (
          <div key={String(key)}>
            <dt>{String(key)}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
