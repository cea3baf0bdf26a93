import { Link, useParams } from 'react-router'
import { AdminPage } from '../admin/page.tsx'
import { readUser, type UserDetail } from '../api/operations.ts'
import { useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { paths } from '../paths.ts'
import { Arriving } from '../ui/office/page.tsx'
import { Panel } from '../ui/office/panel.tsx'
import { Given } from '../ui/plain/given.tsx'
import { Grants } from './grants.tsx'
import { Sessions } from './sessions.tsx'
import { UserState } from './state.tsx'
import { UserActs } from './user-acts.tsx'
import { useAccountsWords } from './words.ts'

/** What may this account do, who allowed it, and where is it in use? */
export function Component() {
  const { r } = useAccountsWords()
  const { userId = '' } = useParams()
  const found = useAsk(readUser, { params: { userId } })
  const user = found.data?.id === userId ? found.data : undefined
  return (
    <AdminPage
      title={user?.name ?? r.user}
      given={user !== undefined}
      question={r.userQuestion}
      trail={<Link to={paths.users()}>{r.title}</Link>}
      acts={user && <UserActs user={user} />}
    >
      {user ? <User key={user.id} user={user} /> : <Arriving found={found} />}
    </AdminPage>
  )
}

function User({ user }: { user: UserDetail }) {
  const { r } = useAccountsWords()
  const mine = useStore(me)?.userId === user.id
  const managed = user.allowed.includes('grantRole')
  return (
    <div className="sheet">
      <div className="column">
        {!managed && <p className="note">{mine ? r.mine : user.whole ? r.readOnly : r.beyond}</p>}
        <Panel label={r.grants}>
          <Grants user={user} />
        </Panel>
        {user.allowed.includes('listUserSessions') && (
          <Panel label={r.sessions}>
            <div className="panelhead">
              <h2>{r.sessions}</h2>
            </div>
            <Sessions userId={user.id} mayEnd={user.allowed.includes('endSession')} />
          </Panel>
        )}
      </div>
      <Panel aside label={r.facts}>
        <Facts user={user} />
      </Panel>
    </div>
  )
}

function Facts({ user }: { user: UserDetail }) {
  const { r, language } = useAccountsWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const at = (moment: string) => momentText(moment, zone, language)
  const facts: [string, React.ReactNode][] = [
    [r.state, <UserState key="state" user={user} />],
    [r.name, <Given key="name">{user.name}</Given>],
    ...(user.whole && user.login
      ? ([
          [
            r.login,
            <span key="login" translate="no" lang="en">
              {user.login}
            </span>,
          ],
          [r.reachable, user.reachable ? r.bound : r.notBound],
          [r.link, user.linkUntil ? r.linkUntil(at(user.linkUntil)) : r.noLink],
          [r.lastSignIn, user.lastSignInAt ? at(user.lastSignInAt) : r.never],
        ] as [string, React.ReactNode][])
      : []),
    [r.created, at(user.createdAt)],
    ...(user.disabledAt ? ([[r.disabledAt, at(user.disabledAt)]] as [string, React.ReactNode][]) : []),
  ]
  return (
    <dl className="facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
