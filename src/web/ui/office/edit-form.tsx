import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { Fields } from '../../core/draft.ts'
import { useWords } from '../../words/index.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import type { FieldOf, useEditing } from './editing.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { Trouble } from './page.tsx'

interface Props<T extends { version: number }, F extends Fields> {
  editing: ReturnType<typeof useEditing<T, F>>
  label: (field: FieldOf<F>) => string
  show: (field: FieldOf<F>, value: unknown) => ReactNode
  /** The fields. */
  children: ReactNode
}

/** The form of one thing being edited: its fields, save and cancel, and the choice where somebody else saved, too. */
export function EditForm<T extends { version: number }, F extends Fields>({
  editing,
  label,
  show,
  children,
}: Props<T, F>) {
  const { w } = useWords()
  return (
    <form
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault()
        void editing.save()
      }}
    >
      {editing.error !== undefined && <Trouble error={editing.error} />}
      {children}
      <div className="formfoot">
        <Button type="primary" htmlType="submit" disabled={!editing.dirty} loading={editing.busy}>
          {w.common.save}
        </Button>
        <Button disabled={!editing.dirty || editing.busy} onClick={editing.reset}>
          {w.common.cancel}
        </Button>
        {editing.dirty && <span className="soft">{w.saving.unsaved}</span>}
      </div>
      <LeaveGuard dirty={editing.dirty} />
      {editing.clash && (
        <ConflictDialog
          conflicts={editing.clash.conflicts}
          label={label}
          show={show}
          keep={(chosen) => void editing.keep(chosen)}
          review={editing.review}
        />
      )}
    </form>
  )
}
