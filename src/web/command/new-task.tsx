import { Input, InputNumber } from 'antd'
import { useState } from 'react'
import { type Book, createTask, listTasks, listUnits, readBook } from '../api/operations.ts'
import { ask, newKey } from '../core/ask.ts'
import { keptKeys } from '../core/draft.ts'
import { readAgain, useAsk } from '../core/query.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { Field } from '../ui/office/field.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { useCityWords } from './words.ts'

type LimitKey = keyof ReturnType<typeof useCityWords>['r']['limits']

/** Adds a task to a book: of a project a stage with what it waits for and how much it is. */
export function NewTask({ book, close }: { book: Book; close: () => void }) {
  const { r } = useCityWords()
  const [outline, setOutline] = useState(String(book.funnel.tasks + 1))
  const [text, setText] = useState('')
  const [keyFor] = useState(() => keptKeys(newKey))
  const [unit, setUnit] = useState<Named | null>(null)
  const [limit, setLimit] = useState<string | null>('workdays:15')
  const [after, setAfter] = useState<string | null>(null)
  const [target, setTarget] = useState<number | null>(null)
  const [measure, setMeasure] = useState('')
  const staged = book.kind === 'project'
  const stages = useAsk(listTasks, { query: { bookId: book.id, limit: 200 } }, { skip: !staged })
  const before = (stages.data?.items ?? []).map(({ id, outline, text }) => ({
    value: id,
    label: `${outline} ${text}`,
  }))
  const limits = (Object.keys(r.limits) as LimitKey[]).map((value) => ({ value, label: r.limits[value] }))
  const kinds = { project: 'stage', notice: 'reply', award: 'award', work_list: 'leader_visit' } as const
  return (
    <ActDialog
      title={r.newTask}
      confirm={r.newTask}
      first="task-text"
      ready={outline.trim() !== '' && text.trim() !== '' && unit !== null && limit !== null}
      close={close}
      act={async () => {
        const due =
          limit === 'standing'
            ? { dueKind: 'standing' as const }
            : { dueKind: 'dated' as const, dueClass: limit }
        const kind = kinds[book.kind as 'project'] ?? ('item' as const)
        const stage = {
          ...(after ? { afterId: after } : {}),
          ...(target ? { target, measure: measure.trim() || null } : {}),
        }
        const body = { kind, outline: outline.trim(), text: text.trim(), unitId: unit!.id, ...due, ...stage }
        await ask(createTask, { params: { bookId: book.id }, body }, { key: keyFor(body) })
        await readAgain(readBook, listTasks)
        return { text: r.taskWritten }
      }}
    >
      <Field label={r.number} name="task-outline">
        <Input
          id="task-outline"
          maxLength={20}
          value={outline}
          onChange={({ target }) => setOutline(target.value)}
        />
      </Field>
      <Field label={r.text} name="task-text">
        <Input.TextArea
          id="task-text"
          rows={3}
          maxLength={1000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </Field>
      <Field label={r.unit} name="task-unit">
        <RemoteSelect id="task-unit" value={unit} find={listUnits} onChange={setUnit} />
      </Field>
      <Field label={r.limit} name="task-limit">
        <Choice
          id="task-limit"
          label={r.limit}
          all={r.limit}
          options={limits}
          value={limit}
          onChange={setLimit}
        />
      </Field>
      {staged && (
        <>
          <Field label={r.after} name="task-after" optional>
            <Choice
              id="task-after"
              label={r.after}
              all={r.noAfter}
              options={before}
              value={after}
              given
              onChange={setAfter}
            />
          </Field>
          <Field label={r.target} name="task-target" optional>
            <InputNumber
              id="task-target"
              min={1}
              max={1_000_000_000}
              precision={0}
              controls={false}
              value={target}
              onChange={setTarget}
            />
          </Field>
          <Field label={r.measure} name="task-measure" hint={r.measureHint} optional>
            <Input
              id="task-measure"
              maxLength={20}
              value={measure}
              onChange={({ target: { value } }) => setMeasure(value)}
            />
          </Field>
        </>
      )}
    </ActDialog>
  )
}
