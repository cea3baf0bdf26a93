import { Button, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
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
  close: () => void
}

/** Preview, act, undo: says what an act would do, does it once, and hands over to the undo bar. */
export function ActDialog({ title, children, confirm, danger, first, ready, act, close }: Props) {
  const { w } = useWords()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const doIt = async () => {
    setBusy(true)
    setError(undefined)
    try {
      const done = await act()
      close()
      tellDone(done)
    } catch (failed) {
      setError(failed)
    }
    setBusy(false)
  }
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
        {error !== undefined && <Trouble error={error} />}
      </div>
    </Modal>
  )
}
