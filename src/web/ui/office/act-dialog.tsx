import { Button, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { isRefusal } from '../../core/refused.ts'
import { useWords } from '../../words/index.ts'
import { Trouble } from './page.tsx'
import { tellDone } from './undo-bar.tsx'

interface Props {
  title: string
  /** What will be changed, counted, and what follows from it. */
  children: ReactNode
  confirm: string
  danger?: boolean
  /** The id of the field that is filled in first. */
  first?: string
  /** Whether it can be done now. */
  ready: boolean
  /** Does it. Resolves to what the undo bar says. */
  act: () => Promise<Parameters<typeof tellDone>[0]>
  /** Whether it stays open when it is done, because it shows what became of each thing. */
  stays?: boolean
  /** Reads again what it is about, where somebody else was faster. What is typed here stays. */
  again?: () => Promise<unknown>
  /** How that stands now: shown beside what is typed, once somebody else was faster. */
  now?: ReactNode
  close: () => void
}

/** Whether a refusal means that it is not, or no longer, as it was when the dialog was opened. */
const isOvertaken = (error: unknown) => isRefusal(error, 412) || isRefusal(error, 409)

/** Preview, act, undo: says what an act would do, does it once, and hands over to the undo bar. */
export function ActDialog(props: Props) {
  const { title, children, confirm, danger, first, ready, act, stays, again, now, close } = props
  const { w } = useWords()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const doIt = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const done = await act()
      if (!stays) close()
      tellDone(done)
    } catch (failed) {
      if (isOvertaken(failed)) await again?.().catch(() => undefined)
      setError(failed)
    }
    setBusy(false)
  }
  const overtaken = isOvertaken(error)
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      afterOpenChange={(open) => open && first && document.getElementById(first)?.focus()}
      closable={{ 'aria-label': w.common.close }}
      footer={[
        <Button key="close" onClick={close}>
          {w.common.back}
        </Button>,
        <Button
          key="act"
          type="primary"
          danger={danger === true}
          disabled={!ready}
          loading={busy}
          onClick={doIt}
        >
          {confirm}
        </Button>,
      ]}
    >
      <div className="stack">
        {children}
        {error !== undefined && (
          <Trouble error={error}>
            {overtaken && again && isRefusal(error, 412) && <p>{w.conflict.again}</p>}
            {overtaken && now}
          </Trouble>
        )}
      </div>
    </Modal>
  )
}
