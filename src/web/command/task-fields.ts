/** What of a task that was not issued yet is edited in the form. */
import type { changeTask, WholeTask } from '../api/operations.ts'
import { changedFields } from '../core/draft.ts'
import type { InputOf } from '../core/operation.ts'
import type { Refused } from '../core/refused.ts'
import type { Words } from '../words/index.ts'

export interface TaskFields extends Record<string, unknown> {
  outline: string
  text: string
  acceptance: string
  unit: { id: string; name: string } | null
  /** `standing`, a limit from the day of issue, or null: none. */
  limit: string | null
  /** A day of the calendar, where it has one. */
  dueOn: string
  target: number | null
  measure: string
}
export type TaskField = 'outline' | 'text' | 'acceptance' | 'unit' | 'limit' | 'dueOn' | 'target' | 'measure'
type Change = InputOf<typeof changeTask>['body']

export const fieldsOf = (task: WholeTask): TaskFields => ({
  ...{ outline: task.outline, text: task.text, acceptance: task.acceptance ?? '' },
  unit: { id: task.unit.id, name: task.unit.name },
  limit: task.dueKind === 'standing' ? 'standing' : task.dueClass,
  ...{ dueOn: task.dueOn ?? '', target: task.target, measure: task.measure ?? '' },
})

export function problemsOf(fields: TaskFields, w: Words): Partial<Record<TaskField, string>> {
  const missing = (['outline', 'text'] as const).filter((field) => fields[field].trim() === '')
  return {
    ...Object.fromEntries(missing.map((field) => [field, w.field.missing])),
    ...(fields.unit ? {} : { unit: w.field.missing }),
  }
}

function dueOf({ limit }: TaskFields): Change {
  if (limit === null) return { dueKind: 'none', dueClass: null }
  return limit === 'standing'
    ? { dueKind: 'standing', dueClass: null }
    : { dueKind: 'dated', dueClass: limit, dueOn: null }
}

/** Only what differs from `base`. */
export function bodyOf(base: TaskFields, fields: TaskFields): Change {
  const { outline, text, acceptance, unit, dueOn, target, measure } = fields
  const parts: Record<TaskField, Change> = {
    ...{ outline: { outline: outline.trim() }, text: { text: text.trim() } },
    acceptance: { acceptance: acceptance.trim() || null },
    unit: unit ? { unitId: unit.id } : {},
    ...{ limit: dueOf(fields), dueOn: { dueOn: dueOn || null }, target: { target } },
    measure: { measure: measure.trim() || null },
  }
  return Object.assign({}, ...changedFields(base, fields).map((field) => parts[field as TaskField]))
}

const byCode: Readonly<Record<string, TaskField>> = {
  'task.outline_taken': 'outline',
  'unit.missing': 'unit',
}

/** The field a refusal is about, where it is about one. */
export const fieldOf = ({ problem: { code } }: Refused): TaskField | undefined => byCode[code]
