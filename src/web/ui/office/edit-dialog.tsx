import { Button, Modal } from 'antd'
import type { ReactNode } from 'react'
import type { Fields } from '../../core/draft.ts'
import { useWords } from '../../words/index.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import type { FieldOf, useEditing } from './editing.ts'
import { Trouble } from './page.tsx'

interface Props<T extends { version: number }, F extends Fields> {
  title: string
  editing: ReturnType<typeof useEditing<T, F>>
  label: (field: FieldOf<F>) => string
  show: (field: FieldOf<F>, value: unknown) => ReactNode
  /** The id of the field that is filled in first. */
  first?: string
  /** The fields. */
  children: ReactNode
  close: () => void
}

/** One thing edited in a dialog, as in the form of a page: what others saved meanwhile is brought together with it. */
export function EditDialog<T extends { version: number }, F extends Fields>(props: Props<T, F>) {
  const { title, editing, label, show, first, children, close } = props
  const { w } = useWords()
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      mask={{ closable: !editing.dirty }}
      afterOpenChange={(open) => open && first && document.getElementById(first)?.focus()}
      closable={{ 'aria-label': w.common.close }}
      footer={[
        <Button key="close" onClick={close}>
          {w.common.back}
        </Button>,
        <Button
          key="save"
          type="primary"
          disabled={!editing.dirty}
          loading={editing.busy}
          onClick={() => void editing.save()}
        >
          {w.common.save}
        </Button>,
      ]}
    >
      <div className="stack">
        {children}
        {editing.error !== undefined && <Trouble error={editing.error} />}
      </div>
      {editing.clash && (
        <ConflictDialog
          conflicts={editing.clash.conflicts}
          label={label}
          show={show}
          keep={(chosen) => void editing.keep(chosen)}
          review={editing.review}
        />
      )}
    </Modal>
  )
}
