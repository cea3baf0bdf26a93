/** What of a person is edited in the form. */
import type { changePerson, Person } from '../../api/operations.ts'
import { changedFields } from '../../core/draft.ts'
import type { InputOf } from '../../core/operation.ts'
import type { Refused } from '../../core/refused.ts'
import type { Words } from '../../words/index.ts'

/** `identityNumber` is a new one; the one that is registered is only seen masked. */
export interface PersonFields extends Record<string, unknown> {
  name: string
  sex: Person['sex']
  birthDate: string
  identityNumber: string
  residence: string
  serviceCategory: string
  skills: string
}
export type PersonField =
  | 'name'
  | 'sex'
  | 'birthDate'
  | 'identityNumber'
  | 'residence'
  | 'serviceCategory'
  | 'skills'

export function fieldsOf(person: Person): PersonFields {
  return {
    name: person.name,
    sex: person.sex,
    birthDate: person.birthDate ?? '',
    identityNumber: '',
    residence: person.residence ?? '',
    serviceCategory: person.serviceCategory ?? '',
    skills: person.skills.join('、'),
  }
}

export function problemsOf(fields: PersonFields, w: Words): Partial<Record<PersonField, string>> {
  const { name, birthDate } = fields
  return {
    ...(name.trim() === '' ? { name: w.field.missing } : {}),
    ...(birthDate === '' || /^\d{4}-\d{2}-\d{2}$/.test(birthDate) ? {} : { birthDate: w.field.invalid }),
  }
}

type Change = InputOf<typeof changePerson>['body']

/** Only what differs from `base`. */
export function changeOf(base: PersonFields, fields: PersonFields): Change {
  const body: Required<Change> = {
    name: fields.name.trim(),
    sex: fields.sex,
    birthDate: fields.birthDate || null,
    identityNumber: fields.identityNumber.trim() || null,
    residence: fields.residence.trim() || null,
    serviceCategory: fields.serviceCategory.trim() || null,
    skills: fields.skills
      .split(/[、,，;；]/)
      .map((skill) => skill.trim())
      .filter(Boolean),
  }
  return Object.fromEntries(
    changedFields(base, fields).map((field) => [field, body[field as keyof Change]]),
  ) as Change
}

/** The field a refusal is about, where it is about one. */
export function fieldOf({ problem: { code, violations } }: Refused): PersonField | undefined {
  const at = violations?.[0]?.at.split('/')[2]
  const named = ['name', 'birthDate', 'identityNumber', 'residence', 'serviceCategory', 'skills'] as const
  const found = named.find((field) => field === at)
  if (found) return found
  const [thing] = code.split('.')
  return ({ identity: 'identityNumber', birth_date: 'birthDate', name: 'name' } as const)[thing ?? '']
}
