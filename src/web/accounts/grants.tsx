import { Button } from 'antd'
import { useState } from 'react'
import { officers } from '#modules/accounts/roles.ts'
import { roleWords } from '#modules/accounts/words.ts'
import {
  grantRole,
  listOfficerConfirmations,
  listUsers,
  readUser,
  revokeGrant,
  type UserDetail,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { readAgain } from '../core/query.ts'
import { me } from '../core/session.ts'
import { useStore } from '../core/store.ts'
import { momentText } from '../core/time.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { type Column, DataTable } from '../ui/office/data-table.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { Given } from '../ui/plain/given.tsx'
import { grantOf, noRole, RoleFields } from './role-fields.tsx'
import { Scope } from './roles.tsx'
import { useAccountsWords } from './words.ts'

type Grant = UserDetail['grants'][number]

/** What was done to an account is seen wherever accounts are shown. */
export const usersChanged = () => readAgain(readUser, listUsers, listOfficerConfirmations)

/** Whether an answer is one that waits for another officer. */
export const isWaiting = (answer: object | null): boolean => answer !== null && 'requestedAt' in answer

/** The roles of an account: what each is over, who gave it and when; giving another, taking one back. */
export function Grants({ user }: { user: UserDetail }) {
  const { r, say, language } = useAccountsWords()
  const zone = useStore(me)?.timeZone ?? 'UTC'
  const dialog = useDialog(['grant', 'revoke'])
  const asked = user.grants.find(({ id, mayRevoke }) => id === dialog.of && mayRevoke)
  const mayGrant = user.allowed.includes('grantRole')
  const columns: Column<Grant>[] = [
    { key: 'role', title: r.role, names: true, cell: ({ role }) => say(roleWords[role]) },
    { key: 'scope', title: r.scope, cell: (grant) => <Scope grant={grant} /> },
    {
      key: 'by',
      title: r.grantedBy,
      cell: ({ grantedBy }) =>
        grantedBy ? <Given>{grantedBy.name}</Given> : <span className="soft">{r.commandLine}</span>,
    },
    {
      key: 'at',
      title: r.grantedAt,
      cell: ({ grantedAt }) => <span className="nowrap">{momentText(grantedAt, zone, language)}</span>,
    },
  ]
  const acts: Column<Grant> = {
    key: 'act',
    title: r.act,
    cell: ({ id, mayRevoke }) =>
      mayRevoke && (
        <Button size="small" onClick={() => dialog.open('revoke', id)}>
          {r.revoke}
        </Button>
      ),
  }
  return (
    <>
      <div className="panelhead">
        <h2>{r.grants}</h2>
        {mayGrant && <Button onClick={() => dialog.open('grant')}>{r.grant}</Button>}
      </div>
      {user.grants.length === 0 ? (
        <p className="soft">{r.noGrants}</p>
      ) : (
        <DataTable
          caption={r.grants}
          rows={user.grants}
          columns={user.grants.some(({ mayRevoke }) => mayRevoke) ? [...columns, acts] : columns}
          keyOf={({ id }) => id}
        />
      )}
      {dialog.act === 'grant' && mayGrant && <GiveRole user={user} close={dialog.close} />}
      {dialog.act === 'revoke' && asked && <TakeRole user={user} grant={asked} close={dialog.close} />}
    </>
  )
}

function GiveRole({ user, close }: { user: UserDetail; close: () => void }) {
  const { r } = useAccountsWords()
  const [choice, setChoice] = useState(noRole)
  const body = grantOf(choice)
  return (
    <ActDialog
      title={r.grant}
      confirm={r.grant}
      first="grant-role"
      ready={body !== undefined}
      close={close}
      act={async () => {
        const answer = body && (await ask(grantRole, { params: { userId: user.id }, body }))
        await usersChanged()
        return { text: answer && isWaiting(answer) ? r.waits : r.granted }
      }}
    >
      <div className="fields">
        <RoleFields choice={choice} onChange={setChoice} />
      </div>
      {choice.role && officers.includes(choice.role) && <p className="note warn">{r.needsOther}</p>}
    </ActDialog>
  )
}

function TakeRole({ user, grant, close }: { user: UserDetail; grant: Grant; close: () => void }) {
  const { r, say } = useAccountsWords()
  const giveAgain = async () => {
    const { role, unit, team, districtCode } = grant
    const body = { role, unitId: unit?.id ?? null, teamId: team?.id ?? null, districtCode }
    await ask(grantRole, { params: { userId: user.id }, body })
    await usersChanged()
    return r.granted
  }
  return (
    <ActDialog
      ready
      danger
      title={r.revokeTitle}
      confirm={r.revoke}
      close={close}
      act={async () => {
        const answer = await ask(revokeGrant, { params: { userId: user.id, grantId: grant.id } })
        await usersChanged()
        if (isWaiting(answer)) return { text: r.waits }
        // Only whoever manages the account gives roles; taking one back is more often allowed.
        return user.allowed.includes('grantRole')
          ? { text: r.revoked, undo: giveAgain }
          : { text: r.revokedNoUndo }
      }}
    >
      <p>{r.revokeLead(say(roleWords[grant.role]))}</p>
      {officers.includes(grant.role) && <p className="note warn">{r.needsOther}</p>}
    </ActDialog>
  )
}
