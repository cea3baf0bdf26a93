import { Button, Input } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import {
  type EventDetail,
  exportReportSnapshot,
  listReportSnapshots,
  type ReportSnapshot,
  readEventSteps,
  takeReportSnapshot,
} from '../../api/operations.ts'
import { ask, newKey } from '../../core/ask.ts'
import { keptKeys } from '../../core/draft.ts'
import { addressOf } from '../../core/operation.ts'
import { readAgain, useAsk } from '../../core/query.ts'
import { momentText } from '../../core/time.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { type Column, DataTable } from '../../ui/office/data-table.tsx'
import { Field } from '../../ui/office/field.tsx'
import { Empty, Skeleton, Trouble } from '../../ui/office/page.tsx'
import { Given } from '../../ui/plain/given.tsx'
import { useWords } from '../../words/index.ts'

/** Freezes the figures as they are now. The open dialog is a part of the address. */
export function Freeze({ event }: { event: EventDetail }) {
  const { w } = useWords()
  const [search, setSearch] = useSearchParams()
  const navigate = useNavigate()
  return (
    <>
      <Button type="primary" onClick={() => setSearch({ act: 'freeze' })}>
        {w.report.freeze}
      </Button>
      {search.get('act') === 'freeze' && (
        <Freezing event={event} close={() => void navigate({ search: '' }, { replace: true })} />
      )}
    </>
  )
}

function Freezing({ event, close }: { event: EventDetail; close: () => void }) {
  const { report: r } = useWords().w
  const [title, setTitle] = useState('')
  const [keyFor] = useState(() => keptKeys(newKey))
  return (
    <ActDialog
      ready
      first="freeze-title"
      title={r.freeze}
      confirm={r.freeze}
      close={close}
      act={async () => {
        const body = title.trim() ? { title: title.trim() } : {}
        await ask(takeReportSnapshot, { params: { eventId: event.id }, body }, { key: keyFor(body) })
        await readAgain(listReportSnapshots, readEventSteps)
        return { text: `${r.frozen} · ${r.freezeFinal}` }
      }}
    >
      <p>{r.freezeLead}</p>
      <Field optional label={r.freezeTitle} name="freeze-title" hint={r.freezeHint}>
        <Input
          id="freeze-title"
          value={title}
          maxLength={100}
          onChange={(event) => setTitle(event.target.value)}
        />
      </Field>
      <p className="note warn">{r.freezeFinal}</p>
    </ActDialog>
  )
}

/** What was frozen so far, the latest first, each with its table to download. */
export function Snapshots({ event }: { event: EventDetail }) {
  const { w, language } = useWords()
  const { report: r } = w
  const found = useAsk(listReportSnapshots, { params: { eventId: event.id }, query: { limit: 50 } })
  const columns: Column<ReportSnapshot>[] = [
    {
      key: 'cutOff',
      title: r.cutOff,
      names: true,
      cell: ({ cutOffAt }) => momentText(cutOffAt, event.timeZone, language),
    },
    {
      key: 'title',
      title: r.freezeTitle,
      cell: ({ title }) => (title ? <Given>{title}</Given> : <span className="soft">—</span>),
    },
    {
      key: 'arrived',
      title: r.result,
      number: true,
      cell: ({ total }) => r.arrivedOf(total.arrived, total.assigned),
    },
    {
      key: 'act',
      title: w.quotas.act,
      cell: ({ id }) => (
        <a
          href={addressOf(exportReportSnapshot, { params: { snapshotId: id }, query: { language } })}
          download
        >
          {r.download}
        </a>
      ),
    },
  ]
  return (
    <section className="panel table" aria-label={r.snapshots}>
      {found.isPending && <Skeleton lines={3} />}
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {found.data?.items.length === 0 && <Empty text={r.noSnapshots} />}
      {found.data && found.data.items.length > 0 && (
        <DataTable caption={r.snapshots} columns={columns} rows={found.data.items} keyOf={({ id }) => id} />
      )}
    </section>
  )
}
