import { Button, Dropdown, Input } from 'antd'
import { useState } from 'react'
import { disableUser, enableUser, renameUser, setUserPhone, type UserDetail } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { useDialog } from '../ui/office/dialogs.ts'
import { Field } from '../ui/office/field.tsx'
import { isWaiting, usersChanged } from './grants.tsx'
import { SendLink } from './send-link.tsx'
import { useAccountsWords } from './words.ts'

const acts = ['invite', 'rename', 'setPhone', 'disable', 'enable'] as const
type Act = (typeof acts)[number]

/** By which right each act is done. */
const needed = {
  invite: 'inviteUser',
  rename: 'renameUser',
  setPhone: 'setUserPhone',
  disable: 'disableUser',
  enable: 'enableUser',
} as const

/** What may happen to an account now: by right, as the service says, and by its state. */
function actsOf({ allowed, disabledAt }: UserDetail): Act[] {
  const now = acts.filter((act) => (disabledAt ? act !== 'disable' && act !== 'invite' : act !== 'enable'))
  return now.filter((act) => allowed.includes(needed[act]))
}

/** The acts on an account; the link is what it most often needs. */
export function UserActs({ user }: { user: UserDetail }) {
  const { r } = useAccountsWords()
  const dialog = useDialog(acts)
  const possible = actsOf(user)
  const text = (act: Act) => (act === 'invite' && (user.linkUntil || user.activated) ? r.renew : r[act])
  const first = possible.find((act) => act === 'invite' || act === 'enable')
  const more = possible.filter((act) => act !== first)
  if (possible.length === 0) return null
  const shown = possible.find((act) => act === dialog.act)
  return (
    <>
      {more.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{
            items: more.map((act) => ({ key: act, label: text(act), danger: act === 'disable' })),
            onClick: ({ key }) => dialog.open(key as Act),
          }}
        >
          <Button aria-haspopup="menu">
            {r.more} <span aria-hidden="true">▾</span>
          </Button>
        </Dropdown>
      )}
      {first && (
        <Button type="primary" onClick={() => dialog.open(first)}>
          {text(first)}
        </Button>
      )}
      {shown === 'invite' && <SendLink user={user} title={text('invite')} close={dialog.close} />}
      {shown === 'rename' && <Rename user={user} close={dialog.close} />}
      {shown === 'setPhone' && <SetPhone user={user} close={dialog.close} />}
      {(shown === 'disable' || shown === 'enable') && (
        <Suspend user={user} disable={shown === 'disable'} close={dialog.close} />
      )}
    </>
  )
}

interface DialogProps {
  user: UserDetail
  close: () => void
}

function Rename({ user, close }: DialogProps) {
  const { r } = useAccountsWords()
  const [name, setName] = useState(user.name)
  const params = { userId: user.id }
  const become = async (wanted: string, version: number) => {
    const saved = await ask(renameUser, { params, body: { name: wanted } }, { version })
    await usersChanged()
    return saved.version
  }
  return (
    <ActDialog
      title={r.rename}
      confirm={r.rename}
      first="user-name"
      ready={name.trim() !== '' && name.trim() !== user.name}
      close={close}
      act={async () => {
        const version = await become(name.trim(), user.version)
        return {
          text: r.renamed,
          undo: async () => {
            await become(user.name, version)
            return r.renamed
          },
        }
      }}
    >
      <Field label={r.name} name="user-name">
        <Input id="user-name" value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
    </ActDialog>
  )
}

function SetPhone({ user, close }: DialogProps) {
  const { r } = useAccountsWords()
  const [phone, setPhone] = useState('')
  return (
    <ActDialog
      title={r.setPhone}
      confirm={r.setPhone}
      first="user-phone"
      ready={phone.trim() !== '' || user.reachable}
      close={close}
      act={async () => {
        const body = { phone: phone.trim() || null }
        const answer = await ask(setUserPhone, { params: { userId: user.id }, body })
        await usersChanged()
        return { text: isWaiting(answer) ? r.waits : r.phoneSet }
      }}
    >
      <p>{r.setPhoneLead}</p>
      <Field label={r.phone} name="user-phone" hint={user.reachable ? r.phoneEmpty : undefined}>
        <Input
          id="user-phone"
          type="tel"
          value={phone}
          maxLength={60}
          onChange={(event) => setPhone(event.target.value)}
        />
      </Field>
    </ActDialog>
  )
}

/** Disabling and letting in again are each other's way back. */
function Suspend({ user, disable, close }: DialogProps & { disable: boolean }) {
  const { r } = useAccountsWords()
  const become = async (disabled: boolean) => {
    const answer = await ask(disabled ? disableUser : enableUser, { params: { userId: user.id } })
    await usersChanged()
    if (isWaiting(answer)) return { text: r.waits, waits: true }
    return { text: disabled ? r.disabledDone : r.enabledDone, waits: false }
  }
  return (
    <ActDialog
      ready
      danger={disable}
      title={disable ? r.disable : r.enable}
      confirm={disable ? r.disable : r.enable}
      close={close}
      act={async () => {
        const { text, waits } = await become(disable)
        return waits ? { text } : { text, undo: async () => (await become(!disable)).text }
      }}
    >
      <p>{disable ? r.disableLead : r.enableLead}</p>
    </ActDialog>
  )
}
