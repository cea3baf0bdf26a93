import { Link } from 'react-router'
import { channels } from '#modules/messaging/words.ts'
import { AdminPage } from '../admin/page.tsx'
import { listMessageTemplates, type MessageTemplate } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { paths } from '../paths.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { useTemplateWords } from './words/index.ts'

/** What do messages say, and would providers send them so? */
export function Component() {
  const { r, say } = useTemplateWords()
  const found = useAsk(listMessageTemplates, {})
  const columns: Column<MessageTemplate>[] = [
    {
      key: 'kind',
      title: r.kind,
      names: true,
      cell: ({ kind, kindName, channel }) => <Link to={paths.template(kind, channel)}>{say(kindName)}</Link>,
    },
    {
      key: 'channel',
      title: r.channel,
      cell: ({ channel }) => <span className="nowrap">{say(channels[channel])}</span>,
    },
    { key: 'text', title: r.text, cell: ({ check }) => <span translate="no">{check.zh.text}</span> },
    {
      key: 'segments',
      title: r.segments,
      number: true,
      cell: ({ check, channel }) => (channel === 'sms' ? check.zh.segments : '—'),
    },
    {
      key: 'state',
      title: r.state,
      cell: ({ check, own }) => (
        <span className="nowrap">
          {check.usable ? (
            <span className="good">✓ {r.usable}</span>
          ) : (
            <span className="bad">✕ {r.problems(check.problems.length)}</span>
          )}
          {own && <span className="soft line">{r.own}</span>}
        </span>
      ),
    },
  ]
  return (
    <AdminPage title={r.title} question={r.question}>
      <div className="panel table">
        {found.isPending && <Skeleton lines={10} />}
        {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
        {found.data && (
          <DataTable
            caption={r.title}
            columns={columns}
            rows={found.data.items}
            keyOf={({ kind, channel }) => `${kind} ${channel}`}
          />
        )}
      </div>
    </AdminPage>
  )
}
