import { Input, InputNumber } from 'antd'
import { useNavigate } from 'react-router'
import {
  changeTask,
  deleteTask,
  listTasks,
  listUnits,
  readBook,
  readTask,
  type WholeTask,
} from '../api/operations.ts'
import { ask } from '../core/ask.ts'
import { queries, queryKey, readAgain } from '../core/query.ts'
import { paths } from '../paths.ts'
import { ActDialog } from '../ui/office/act-dialog.tsx'
import { Choice } from '../ui/office/choice.tsx'
import { EditDialog } from '../ui/office/edit-dialog.tsx'
import { type Editable, useEditing } from '../ui/office/editing.ts'
import { Field } from '../ui/office/field.tsx'
import { type Named, RemoteSelect } from '../ui/office/remote-select.tsx'
import { Given } from '../ui/plain/given.tsx'
import { bodyOf, fieldOf, fieldsOf, problemsOf, type TaskField, type TaskFields } from './task-fields.ts'
import { useCityWords } from './words.ts'

/** The task as it is now, for whoever looks at it or at its book. */
async function keepTask(task: WholeTask): Promise<void> {
  queries.setQueryData(queryKey(readTask, { params: { taskId: task.id } }), task)
  await readAgain(listTasks)
}

function useEditable(): Editable<WholeTask, TaskFields> {
  const { w } = useCityWords()
  return {
    fieldsOf,
    problemsOf: (fields) => problemsOf(fields, w),
    async read({ id }) {
      const task = await ask(readTask, { params: { taskId: id } })
      await keepTask(task)
      return task
    },
    async send({ id, version }, before, fields) {
      const body = bodyOf(before, fields)
      const saved = await ask(changeTask, { params: { taskId: id }, body }, { version })
      await keepTask(saved)
      return saved
    },
    fieldOf,
    inputOf: (field) => `task-${field}`,
  }
}

/** Changes a task that was not issued yet. */
export function EditTask({ task, close }: { task: WholeTask; close: () => void }) {
  const { r } = useCityWords()
  const editing = useEditing(task, useEditable(), close)
  const { mine, problems, set } = editing
  const limits = (Object.keys(r.limits) as (keyof typeof r.limits)[]).map((value) => ({
    value,
    label: r.limits[value],
  }))
  const labels: Record<TaskField, string> = {
    ...{ outline: r.number, text: r.text, acceptance: r.acceptance, unit: r.unit, limit: r.limit },
    ...{ dueOn: r.due, target: r.target, measure: r.measure },
  }
  const show = (field: string, value: unknown) => {
    if (value === null || value === '') return <span className="soft">{r.none}</span>
    if (field === 'unit') return <Given>{(value as Named).name}</Given>
    if (field === 'limit') return r.limits[value as keyof typeof r.limits] ?? String(value)
    return <Given>{String(value)}</Given>
  }
  return (
    <EditDialog
      title={r.editTask}
      first="task-text"
      editing={editing}
      label={(field) => labels[field as TaskField]}
      show={show}
      close={close}
    >
      <Field label={r.number} name="task-outline" wrong={problems.outline}>
        <Input
          id="task-outline"
          maxLength={20}
          value={mine.outline}
          onChange={({ target }) => set({ outline: target.value })}
        />
      </Field>
      <Field label={r.text} name="task-text" wrong={problems.text}>
        <Input.TextArea
          id="task-text"
          rows={3}
          maxLength={1000}
          value={mine.text}
          onChange={({ target }) => set({ text: target.value })}
        />
      </Field>
      <Field label={r.acceptance} name="task-acceptance" optional>
        <Input.TextArea
          id="task-acceptance"
          rows={2}
          maxLength={1000}
          value={mine.acceptance}
          onChange={({ target }) => set({ acceptance: target.value })}
        />
      </Field>
      <Field label={r.unit} name="task-unit" wrong={problems.unit}>
        <RemoteSelect id="task-unit" value={mine.unit} find={listUnits} onChange={(unit) => set({ unit })} />
      </Field>
      {task.dueOn ? (
        <Field label={r.due} name="task-dueOn" wrong={problems.dueOn}>
          <Input
            id="task-dueOn"
            type="date"
            value={mine.dueOn}
            onChange={({ target }) => set({ dueOn: target.value })}
          />
        </Field>
      ) : (
        <Field label={r.limit} name="task-limit" optional>
          <Choice
            id="task-limit"
            label={r.limit}
            all={r.noDate}
            options={limits}
            value={mine.limit}
            onChange={(limit) => set({ limit })}
          />
        </Field>
      )}
      {task.book.kind === 'project' && (
        <>
          <Field label={r.target} name="task-target" optional>
            <InputNumber
              id="task-target"
              min={1}
              max={1_000_000_000}
              precision={0}
              controls={false}
              value={mine.target}
              onChange={(target) => set({ target })}
            />
          </Field>
          <Field label={r.measure} name="task-measure" hint={r.measureHint} optional>
            <Input
              id="task-measure"
              maxLength={20}
              value={mine.measure}
              onChange={({ target }) => set({ measure: target.value })}
            />
          </Field>
        </>
      )}
    </EditDialog>
  )
}

/** Takes a task that was not issued yet out of its book. */
export function DeleteTask({ task, close }: { task: WholeTask; close: () => void }) {
  const { r } = useCityWords()
  const navigate = useNavigate()
  return (
    <ActDialog
      ready
      danger
      title={r.deleteTask}
      confirm={r.deleteTask}
      close={close}
      again={() => readAgain(readTask)}
      act={async () => {
        await ask(deleteTask, { params: { taskId: task.id } }, { version: task.version })
        await readAgain(listTasks, readBook)
        setTimeout(() => void navigate(paths.book(task.book.id)))
        return { text: r.taskDeleted }
      }}
    >
      <p>
        <Given>{`${task.outline} ${task.text}`}</Given>
      </p>
      <p>{r.deleteTaskLead}</p>
    </ActDialog>
  )
}
