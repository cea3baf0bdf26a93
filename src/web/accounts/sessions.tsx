import { Button } from 'antd'
import { sessionEnds } from '#modules/accounts/words.ts'
import { endSession, listSessions, listUserSessions, type SessionView } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText, serverNow } from '../core/time.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { Skeleton, Trouble } from '../ui/office/page.tsx'
import { deviceOf } from './device.ts'
import { useAccountsWords } from './words.ts'

const isOpen = ({ endedAt, expiresAt }: SessionView) => !endedAt && Date.parse(expiresAt) > serverNow()

/** Where somebody is signed in. `userId` absent: one's own sessions. `mayEnd`: whether they may be ended from here. */
export function Sessions({ userId, mayEnd }: { userId?: string; mayEnd: boolean }) {
  const { r } = useAccountsWords()
  const own = useAsk(listSessions, { query: { limit: 20 } }, { skip: userId !== undefined })
  const theirs = useAsk(
    listUserSessions,
    { params: { userId: userId ?? '' }, query: { limit: 20 } },
    { skip: userId === undefined },
  )
  const found = userId === undefined ? own : theirs
  const dialog = useDialog(['end-session'])
  const asked = found.data?.items.find(({ id }) => id === dialog.of)
  if (found.isError) return <Trouble error={found.error} again={() => void found.refetch()} />
  if (!found.data) return <Skeleton lines={4} />
  if (found.data.items.length === 0) return <p className="soft">{r.noSessions}</p>
  return (
    <>
      <SessionTable
        sessions={found.data.items}
        {...(mayEnd ? { end: (id: string) => dialog.open('end-session', id) } : {})}
      />
      {dialog.act && asked && isOpen(asked) && (
        <ActDialog
          ready
          danger
          title={r.endSession}
          confirm={r.endSession}
          close={dialog.close}
          act={async () => {
            await ask(endSession, { params: { sessionId: asked.id } })
            await readAgain(listSessions, listUserSessions)
            return { text: r.ended }
          }}
        >
          <p>{r.endLead(deviceOf(asked.userAgent) ?? r.unknownDevice)}</p>
        </ActDialog>
      )}
    </>
  )
}

function SessionTable({ sessions, end }: { sessions: SessionView[]; end?: (id: string) => void }) {
  const { r, say, language } = useAccountsWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const at = (moment: string) => <span className="nowrap">{momentText(moment, zone, language)}</span>
  const columns: Column<SessionView>[] = [
    {
      key: 'device',
      title: r.device,
      names: true,
      cell: ({ userAgent }) => (
        <span translate="no" lang="en">
          {deviceOf(userAgent) ?? r.unknownDevice}
        </span>
      ),
    },
    {
      key: 'address',
      title: r.address,
      cell: ({ address }) => (
        <span translate="no" lang="en">
          {address ?? '—'}
        </span>
      ),
    },
    { key: 'started', title: r.started, cell: ({ createdAt }) => at(createdAt) },
    { key: 'seen', title: r.lastSeen, cell: ({ lastSeenAt }) => at(lastSeenAt) },
    {
      key: 'state',
      title: r.sessionState,
      cell: (session) =>
        session.current
          ? r.current
          : session.endedBecause
            ? say(sessionEnds[session.endedBecause])
            : isOpen(session)
              ? r.open
              : r.over,
    },
  ]
  const acts: Column<SessionView> = {
    key: 'act',
    title: r.act,
    cell: (session) =>
      isOpen(session) &&
      !session.current && (
        <Button size="small" onClick={() => end?.(session.id)}>
          {r.endSession}
        </Button>
      ),
  }
  return (
    <DataTable
      caption={r.sessions}
      rows={sessions}
      columns={end ? [...columns, acts] : columns}
      keyOf={({ id }) => id}
    />
  )
}
