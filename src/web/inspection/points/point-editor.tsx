import { Button } from 'antd'
import {
  changePoint,
  closePoint,
  listPoints,
  mapPoints,
  type Point,
  readPoint,
  reopenPoint,
} from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { queries, queryKey, readAgain } from '../../core/query.ts'
import { ActDialog } from '../../ui/office/act-dialog.tsx'
import { useDialog } from '../../ui/office/dialogs.ts'
import { EditForm } from '../../ui/office/edit-form.tsx'
import { type Editable, useEditing } from '../../ui/office/editing.ts'
import { usePointWords } from '../words/index.ts'
import { changeOf, fieldOf, fieldsOf, type PointField, type PointFields, problemsOf } from './point-fields.ts'
import { PointForm, usePointLabels, useShowPointField } from './point-form.tsx'

/** The point as it is now, for whoever looks at it or at a list. */
function keepPoint(point: Point): void {
  queries.setQueryData(queryKey(readPoint, { params: { pointId: point.id } }), point)
  void readAgain(listPoints, mapPoints)
}

function useEditable(): Editable<Point, PointFields> {
  const { w } = usePointWords()
  return {
    fieldsOf,
    problemsOf: (fields) => problemsOf(fields, w),
    async read({ id }) {
      const point = await ask(readPoint, { params: { pointId: id } })
      keepPoint(point)
      return point
    },
    async send({ id, version }, before, fields) {
      const body = changeOf(before, fields)
      const saved = await ask(changePoint, { params: { pointId: id }, body }, { version })
      keepPoint(saved)
      return saved
    },
    fieldOf,
    inputOf: (field) => `point-${field}`,
  }
}

/** The form of a point that is there. */
export function PointEditor({ point }: { point: Point }) {
  const { r } = usePointWords()
  const labels = usePointLabels()
  const show = useShowPointField()
  const editing = useEditing(point, useEditable())
  return (
    <>
      <h2>{r.edit}</h2>
      <EditForm editing={editing} label={(field) => labels[field as PointField]} show={show}>
        <PointForm fields={editing.mine} problems={editing.problems} set={editing.set} />
      </EditForm>
    </>
  )
}

/** Closing a point and opening it again, with the way back. */
export function PointActs({ point }: { point: Point }) {
  const { r } = usePointWords()
  const { act, open, close } = useDialog(['closure'])
  const closed = point.closedAt !== null
  const become = async (closing: boolean, version: number) => {
    const params = { pointId: point.id }
    const saved = await ask(closing ? closePoint : reopenPoint, { params }, { version })
    keepPoint(saved)
    return saved.version
  }
  const said = (closing: boolean) => (closing ? r.closedDone : r.reopenedDone)
  if (!point.allowed.edit) return null
  return (
    <>
      <Button danger={!closed} onClick={() => open('closure')}>
        {closed ? r.reopen : r.close}
      </Button>
      {act === 'closure' && (
        <ActDialog
          ready
          danger={!closed}
          title={closed ? r.reopen : r.close}
          confirm={closed ? r.reopen : r.close}
          close={close}
          again={() => readAgain(readPoint)}
          act={async () => {
            const version = await become(!closed, point.version)
            const undo = async () => {
              await become(closed, version)
              return said(closed)
            }
            return { text: said(!closed), undo }
          }}
        >
          <p>{closed ? r.reopenLead : r.closeLead}</p>
        </ActDialog>
      )}
    </>
  )
}
