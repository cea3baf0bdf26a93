import { Button } from 'antd'
import { invitationRefusals, roleWords } from '#modules/accounts/words.ts'
import type { BulkInvitationView } from '../api/operations.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { Given } from '../ui/plain/given.tsx'
import { useAccountsWords } from './words.ts'

type Invited = BulkInvitationView['invited'][number]
type Skipped = BulkInvitationView['skipped'][number]

/** What came of inviting many. With links it is the list to print: they are shown this once. */
export function InvitedMany({ done }: { done: BulkInvitationView }) {
  const { r } = useAccountsWords()
  const handed = done.invited.some(({ link }) => link !== null)
  return (
    <div className="column">
      {done.invited.length === 0 && <p className="note">{r.noOne}</p>}
      {handed && (
        <div className="note warn noprint row">
          <span>{r.listHint}</span>
          <Button type="primary" onClick={() => window.print()}>
            {r.print}
          </Button>
        </div>
      )}
      {done.invited.length > 0 && (
        <Panel label={r.invitedMany(done.invited.length)}>
          <div className="panelhead">
            <h2>{handed ? r.listTitle : r.invitedMany(done.invited.length)}</h2>
          </div>
          <InvitedTable invited={done.invited} handed={handed} />
          {handed && <p className="soft">{r.listFoot}</p>}
        </Panel>
      )}
      <div className="noprint column">
        {done.skipped.length > 0 && (
          <Panel label={r.skippedMany(done.skipped.length)}>
            <div className="panelhead">
              <h2>{r.skippedMany(done.skipped.length)}</h2>
            </div>
            <SkippedTable skipped={done.skipped} />
          </Panel>
        )}
        {done.nobody.length > 0 && (
          <Panel label={r.nobodyMany(done.nobody.length)}>
            <h2>{r.nobodyMany(done.nobody.length)}</h2>
            <p className="soft">{r.nobodyLead}</p>
            <ul className="names">
              {done.nobody.map(({ id, name }) => (
                <li key={id}>
                  <Given>{name}</Given>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </div>
    </div>
  )
}

function InvitedTable({ invited, handed }: { invited: Invited[]; handed: boolean }) {
  const { r, say, language } = useAccountsWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const latin = (text: string) => (
    <span translate="no" lang="en">
      {text}
    </span>
  )
  const columns: Column<Invited>[] = [
    { key: 'name', title: r.name, names: true, cell: ({ name }) => <Given>{name}</Given> },
    {
      key: 'roles',
      title: r.roles,
      cell: ({ roles }) =>
        roles.map(({ role, over }) => (
          <span key={role + over} className="line">
            {say(roleWords[role])} <Given>{over}</Given>
          </span>
        )),
    },
    { key: 'login', title: r.login, cell: ({ login }) => latin(login) },
    ...(handed
      ? ([
          {
            key: 'link',
            title: r.handed,
            cell: ({ link }) => <span className="link">{latin(link ?? '')}</span>,
          },
          { key: 'sign', title: r.sign, cell: () => <span className="tosign" /> },
        ] satisfies Column<Invited>[])
      : []),
    {
      key: 'until',
      title: r.validUntil,
      cell: ({ expiresAt }) => <span className="nowrap">{momentText(expiresAt, zone, language)}</span>,
    },
  ]
  return <DataTable caption={r.listTitle} rows={invited} columns={columns} keyOf={({ userId }) => userId} />
}

function SkippedTable({ skipped }: { skipped: Skipped[] }) {
  const { r, say } = useAccountsWords()
  const columns: Column<Skipped>[] = [
    { key: 'name', title: r.name, names: true, cell: ({ name }) => <Given>{name}</Given> },
    { key: 'because', title: r.because, cell: ({ because }) => say(invitationRefusals[because]) },
  ]
  return (
    <DataTable
      caption={r.skippedMany(skipped.length)}
      rows={skipped}
      columns={columns}
      keyOf={({ personId }) => personId}
    />
  )
}
