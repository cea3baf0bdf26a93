import type { Language } from '#platform/http/language.ts'
import type { Field } from '../read/fields/fields.ts'
import type { Headings } from '../read/headings.ts'
import { personOfField } from '../read/owners.ts'
import { listKinds } from '../words.ts'
import { templatesOf } from './templates.ts'

/** The kinds of lists and the fields of columns, with their names: the choices of whoever corrects headings. */
export function presentKinds(headings: Headings, language: Language) {
  const { kinds, words } = headings
  const templates = templatesOf(headings)
  const names: Readonly<Record<string, { zh: string; en: string }>> = listKinds
  return {
    lists: Object.entries(kinds).map(([list, { uses, called }]) => ({
      list,
      name: (names[list] ?? called)?.[language] ?? null,
      fields: [...uses],
      template: Object.hasOwn(templates, list),
    })),
    fields: Object.entries(words).map(([field, word]) => ({
      field,
      name: word[language],
      ofPerson: personOfField(field as Field) !== undefined,
    })),
  }
}
