import { personFields } from './person-fields.ts'
import { unitFields } from './unit-fields.ts'

/**
 * The fields of columns and their headings. `zh` and `en` are the headings of the templates; `also` are common variants,
 * compared without spaces, punctuation, brackets and case.
 */
export interface FieldWords {
  zh: string
  en: string
  also: readonly string[]
}
export const fields = { ...personFields, ...unitFields } as const satisfies Record<string, FieldWords>

export type Field = keyof typeof fields

/** One of these fields, or a field that a register of another slice adds. */
export type FieldName = Field | (string & {})

export const isField = (text: string): text is Field => Object.hasOwn(fields, text)

/** Fields that may have several columns in a list; for all other fields the first column counts. */
export const manyColumns: ReadonlySet<string> = new Set<Field>(['phone', 'skills', 'aliases'])
