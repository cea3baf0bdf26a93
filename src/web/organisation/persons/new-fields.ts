/** What is entered of somebody new. */
import type { MemberRole, Relation, Sex } from '#modules/organisation/words.ts'
import type { createPerson, Team } from '../../api/operations.ts'
import type { InputOf } from '../../core/operation.ts'
import type { Refused } from '../../core/refused.ts'
import type { Words } from '../../words/index.ts'

export interface NewPerson extends Record<string, unknown> {
  name: string
  sex: Sex | null
  teamId: string | null
  role: MemberRole
  phone: string
  relation: Relation
  ownerName: string
  birthDate: string
  identityNumber: string
  residence: string
  skills: string
  /** Whether they are entered although somebody like them is known. */
  evenIfKnown: boolean
}
type Field = keyof NewPerson & string

export const newPersonFields = (team: Team | undefined): NewPerson => ({
  name: '',
  sex: null,
  teamId: team?.id ?? null,
  role: team?.kind === 'class' ? 'pupil' : 'member',
  phone: '',
  relation: team?.kind === 'class' ? 'guardian' : 'own',
  ownerName: '',
  birthDate: '',
  identityNumber: '',
  residence: '',
  skills: '',
  evenIfKnown: false,
})

/** As much of a date as is known: the year, the month, the day. */
const dated = /^\d{4}(-\d{2}(-\d{2})?)?$/

export function problemsOf(fields: NewPerson, w: Words): Partial<Record<Field, string>> {
  return {
    ...(fields.name.trim() === '' ? { name: w.field.missing } : {}),
    ...(fields.teamId === null ? { teamId: w.field.missing } : {}),
    ...(fields.birthDate.trim() === '' || dated.test(fields.birthDate.trim())
      ? {}
      : { birthDate: w.field.invalid }),
  }
}

export function bodyOf(fields: NewPerson): InputOf<typeof createPerson>['body'] {
  const { sex, role, relation, teamId } = fields
  const said = (text: string) => text.trim() || null
  const phone = fields.phone.trim()
  const ownerName = relation === 'own' ? null : said(fields.ownerName)
  return {
    name: fields.name.trim(),
    sex,
    birthDate: said(fields.birthDate),
    identityNumber: said(fields.identityNumber),
    residence: said(fields.residence),
    skills: fields.skills
      .split(/[、,，;；]/)
      .map((skill) => skill.trim())
      .filter(Boolean),
    contacts: phone ? [{ kind: 'phone', value: phone, relation, ownerName }] : [],
    memberships: [{ teamId: teamId ?? '', role }],
    ...(fields.evenIfKnown ? { evenIfKnown: true } : {}),
  }
}

/** The field a refusal is about, where it is about one. */
export function fieldOf({ problem: { code, violations } }: Refused): Field | undefined {
  const at = violations?.[0]?.at.split('/')[2] ?? ''
  const fields = ['name', 'birthDate', 'identityNumber', 'residence', 'skills'] as const
  const named = fields.find((field) => field === at)
  if (named) return named
  if (at === 'contacts') return 'phone'
  const byThing = {
    identity: 'identityNumber',
    birth_date: 'birthDate',
    contact: 'phone',
    team: 'teamId',
    leadership: 'role',
  }
  return byThing[code.split('.')[0] as keyof typeof byThing] as Field | undefined
}
