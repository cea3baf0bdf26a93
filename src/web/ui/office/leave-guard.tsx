import { Button, Modal } from 'antd'
import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { useWords } from '../../words/index.ts'

/** Asks before something typed is left behind, by a link, by Back, or by closing the window. */
export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const { w } = useWords()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (!dirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [dirty])
  return (
    <Modal
      open={blocker.state === 'blocked'}
      title={w.leave.title}
      closable={false}
      onCancel={() => blocker.reset?.()}
      footer={[
        <Button key="leave" danger onClick={() => blocker.proceed?.()}>
          {w.leave.leave}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={() => blocker.reset?.()}>
          {w.leave.stay}
        </Button>,
      ]}
    >
      {w.leave.text}
    </Modal>
  )
}
