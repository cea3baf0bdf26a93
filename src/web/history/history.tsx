import { Button } from 'antd'
import { useState } from 'react'
import { type HistoryEntry, listHistory } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useHistoryWords } from './words.ts'
import './history.css'

/** What was done to a thing and by whom, asked for only when it is opened. `subject` as `unit:018f…`. */
export function History({ subject }: { subject: string }) {
  const { r } = useHistoryWords()
  const [open, setOpen] = useState(false)
  return (
    <details className="panel padded history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{r.title}</summary>
      {open && <Entries subject={subject} />}
    </details>
  )
}

/** A page of entries, and below it the next once it is asked for. */
function Entries({ subject, cursor }: { subject: string; cursor?: string }) {
  const { r, language } = useHistoryWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const [more, setMore] = useState(false)
  const found = useAsk(listHistory, { query: { subject, ...(cursor ? { cursor } : {}) } })
  if (found.isError) return <Trouble error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Skeleton lines={4} />
  const { items, nextCursor } = found.data
  if (items.length === 0 && !cursor) return <p className="soft">{r.none}</p>
  return (
    <>
      <ol>
        {items.map((entry) => (
          <li key={entry.id}>
            <span className="soft nowrap">{momentText(entry.at, zone, language)}</span>
            <span>
              <Who by={entry.by} /> {entry.text}
            </span>
          </li>
        ))}
      </ol>
      {nextCursor && !more && <Button onClick={() => setMore(true)}>{r.more}</Button>}
      {nextCursor && more && <Entries subject={subject} cursor={nextCursor} />}
    </>
  )
}

function Who({ by: { kind, name, me: mine } }: { by: HistoryEntry['by'] }) {
  const { r } = useHistoryWords()
  if (mine) return r.me
  if (name) return <Given>{name}</Given>
  return kind === 'user' ? r.colleague : kind === 'link' ? r.byLink : r.bySystem
}
