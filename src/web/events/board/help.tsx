import { Modal } from 'antd'
import { useWords } from '../../words/index.ts'

/** The keys of the board. */
export function Help({ close }: { close: () => void }) {
  const { w } = useWords()
  const keys: [string, string][] = [
    ['← ↑ → ↓', w.board.keyArrows],
    ['↵', w.board.keyEnter],
    ['m', w.board.keyMove],
    ['g', w.board.keyGap],
    ['/', w.board.keyFind],
    ['u', w.board.keyUndo],
    ['⎋', w.board.keyEscape],
    ['?', w.board.keyHelp],
  ]
  return (
    <Modal
      open
      title={w.board.keys}
      onCancel={close}
      footer={null}
      closable={{ 'aria-label': w.common.close }}
    >
      <dl className="keys">
        {keys.map(([key, text]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd translate="no">{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
