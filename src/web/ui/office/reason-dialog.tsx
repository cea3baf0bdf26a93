import { Input } from 'antd'
import { type ReactNode, useState } from 'react'
import { ActDialog } from './act-dialog.tsx'
import { Field } from './field.tsx'
import type { Done } from './undo-bar.tsx'

interface Props {
  title: string
  confirm: string
  danger?: boolean
  /** What follows from it, above the reason; and what is final about it, below. */
  children?: ReactNode
  final?: string
  label: string
  hint?: string | undefined
  /** Does it for this reason. Resolves to what the undo bar says. */
  act: (reason: string) => Promise<Done>
  close: () => void
}

/** An act that is not done without a reason: a cancellation, a refusal. */
export function ReasonDialog({ title, confirm, danger, children, final, label, hint, act, close }: Props) {
  const [reason, setReason] = useState('')
  return (
    <ActDialog
      {...(danger ? { danger } : {})}
      first="act-reason"
      title={title}
      confirm={confirm}
      ready={reason.trim() !== ''}
      close={close}
      act={() => act(reason.trim())}
    >
      {children}
      <Field label={label} name="act-reason" hint={hint}>
        <Input
          id="act-reason"
          value={reason}
          maxLength={200}
          aria-required
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      {final && <p className="note warn">{final}</p>}
    </ActDialog>
  )
}
