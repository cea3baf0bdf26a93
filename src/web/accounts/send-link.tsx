import { Button, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { inviteUser, type UserDetail } from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { Field } from '../ui/office/field.tsx'
import { Trouble } from '../ui/office/page.tsx'
import { tellDone } from '../ui/office/undo-bar.tsx'
import { isWaiting, usersChanged } from './grants.tsx'
import { useAccountsWords } from './words.ts'

interface Props {
  user: UserDetail
  title: string
  close: () => void
}

/** Sends a one-time link, or shows it this once to hand over where nobody ever signed in with the account. */
export function SendLink({ user, title, close }: Props) {
  const { r, w } = useAccountsWords()
  const mayHand = user.lastSignInAt === null && user.allowed.includes('setUserPhone')
  const [deliver, setDeliver] = useState<'message' | 'list'>(user.reachable || !mayHand ? 'message' : 'list')
  const [link, setLink] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const send = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const answer = await ask(inviteUser, { params: { userId: user.id }, body: { deliver } })
      await usersChanged()
      if ('link' in answer && answer.link) setLink(answer.link)
      else {
        close()
        tellDone({ text: isWaiting(answer) ? r.waits : r.invited })
      }
    } catch (failed) {
      setError(failed)
    }
    setBusy(false)
  }
  const copy = async () => {
    await navigator.clipboard.writeText(link ?? '')
    tellDone({ text: r.copied })
  }
  return (
    <Modal
      open
      title={link ? r.handed : title}
      onCancel={close}
      closable={{ 'aria-label': w.common.close }}
      footer={[
        <Button key="close" onClick={close}>
          {link ? w.common.close : w.common.back}
        </Button>,
        link ? (
          <Button key="copy" type="primary" onClick={() => void copy()}>
            {r.copy}
          </Button>
        ) : (
          <Button
            key="send"
            type="primary"
            loading={busy}
            disabled={deliver === 'message' && !user.reachable}
            onClick={() => void send()}
          >
            {title}
          </Button>
        ),
      ]}
    >
      <div className="stack">
        {link ? (
          <>
            <p className="note warn">{r.handedLead}</p>
            <Field label={r.handed} name="user-link">
              <Input.TextArea id="user-link" readOnly autoSize value={link} translate="no" />
            </Field>
          </>
        ) : (
          <>
            <p>{user.reachable ? r.inviteLead : r.inviteNoPhone}</p>
            {mayHand && (
              <Radio.Group
                aria-label={r.deliver}
                value={deliver}
                onChange={({ target }) => setDeliver(target.value)}
                style={{ display: 'grid', gap: 8 }}
                options={[
                  { value: 'message', label: r.byMessage, disabled: !user.reachable },
                  { value: 'list', label: r.byHand },
                ]}
              />
            )}
          </>
        )}
        {error !== undefined && <Trouble error={error} />}
      </div>
    </Modal>
  )
}
