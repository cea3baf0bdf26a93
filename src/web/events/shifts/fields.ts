import type { changeShift, EventDetail, makeShiftBatch, Shift } from '../../api/operations.ts'
import { changedFields } from '../../core/draft.ts'
import type { InputOf } from '../../core/operation.ts'
import type { Refused } from '../../core/refused.ts'
import { instantOf, type Wall, wallOf } from '../../core/time.ts'
import type { Problems } from '../../ui/office/editing.ts'
import type { Named } from '../../ui/office/remote-select.tsx'
import type { Words } from '../../words/index.ts'

/** What somebody says of a shift beside its zone and time. */
export type TemplateFields = {
  work: string
  min: number | null
  target: number | null
  max: number | null
  minorsAllowed: boolean
  skills: { skill: string; min: number | null }[]
  meetingPoint: string
  inCharge: Named | null
  deputy: Named | null
  tools: string
  toolsBroughtBy: string
  risks: string
  insurance: string
  recordable: boolean
  recordableReason: string
}
/** What somebody edits of a shift. Times are what clocks in the zone of its event show. */
export type ShiftFields = { zone: Named | null; startsAt: Wall | null; endsAt: Wall | null } & TemplateFields
export type ShiftField = keyof ShiftFields & string
type TemplateField = keyof TemplateFields & string

type Change = InputOf<typeof changeShift>['body']
type Template = InputOf<typeof makeShiftBatch>['body']['template']

export const newTemplate: TemplateFields = {
  work: '',
  min: null,
  target: null,
  max: null,
  minorsAllowed: false,
  skills: [],
  meetingPoint: '',
  inCharge: null,
  deputy: null,
  tools: '',
  toolsBroughtBy: '',
  risks: '',
  insurance: '',
  recordable: true,
  recordableReason: '',
}

export function fieldsOf(shift: Shift, { timeZone }: EventDetail): ShiftFields {
  return {
    zone: { id: shift.zone.id, name: shift.zone.name },
    startsAt: wallOf(shift.startsAt, timeZone),
    endsAt: wallOf(shift.endsAt, timeZone),
    work: shift.work,
    min: shift.min,
    target: shift.target,
    max: shift.max,
    minorsAllowed: shift.minorsAllowed,
    skills: shift.skills,
    meetingPoint: shift.meetingPoint ?? '',
    inCharge: shift.inCharge,
    deputy: shift.deputy,
    tools: shift.tools ?? '',
    toolsBroughtBy: shift.toolsBroughtBy ?? '',
    risks: shift.risks ?? '',
    insurance: shift.insurance ?? '',
    recordable: shift.recordable,
    recordableReason: shift.recordableReason ?? '',
  }
}

const found = <F>(problems: [keyof F, string | false][]): Problems<F> =>
  Object.fromEntries(problems.filter(([, problem]) => problem)) as Problems<F>

/** What is wrong before anything is sent; the service has the last word. */
export function templateProblems(fields: TemplateFields, w: Words): Problems<TemplateFields> {
  const { work, min, target, max, skills, recordable, recordableReason } = fields
  const rises = (min ?? 0) <= (target ?? 0) && (target ?? 0) <= (max ?? 0) && (max ?? 0) >= 1
  return found<TemplateFields>([
    ['work', work.trim() === '' && w.field.missing],
    ['min', min === null && w.field.missing],
    ['target', target === null && w.field.missing],
    ['max', max === null ? w.field.missing : !rises && w.shifts.demandWrong],
    ['skills', skills.some(({ skill, min: heads }) => skill.trim() === '' || !heads) && w.field.missing],
    ['recordableReason', !recordable && recordableReason.trim() === '' && w.field.missing],
  ])
}

export function shiftProblems(fields: ShiftFields, w: Words): Problems<ShiftFields> {
  const { zone, startsAt, endsAt } = fields
  const ordered = startsAt === null || endsAt === null || startsAt < endsAt
  return {
    ...found<ShiftFields>([
      ['zone', zone === null && w.field.missing],
      ['startsAt', startsAt === null && w.field.missing],
      ['endsAt', endsAt === null ? w.field.missing : !ordered && w.shifts.wrongOrder],
    ]),
    ...templateProblems(fields, w),
  }
}

const textOrNull = (text: string) => text.trim() || null

/** The fields as the service takes them. Only for fields without problems. */
export function templateOf(fields: TemplateFields): Required<Template> {
  return {
    work: fields.work.trim(),
    min: fields.min ?? 0,
    target: fields.target ?? 0,
    max: fields.max ?? 0,
    minorsAllowed: fields.minorsAllowed,
    skills: fields.skills.map(({ skill, min }) => ({ skill: skill.trim(), min: min ?? 1 })),
    meetingPoint: textOrNull(fields.meetingPoint),
    inChargePersonId: fields.inCharge?.id ?? null,
    deputyPersonId: fields.deputy?.id ?? null,
    tools: textOrNull(fields.tools),
    toolsBroughtBy: textOrNull(fields.toolsBroughtBy),
    risks: textOrNull(fields.risks),
    insurance: textOrNull(fields.insurance),
    recordable: fields.recordable,
    recordableReason: fields.recordable ? null : textOrNull(fields.recordableReason),
  }
}

/** What is sent for each field whose name is another at the service. */
const sentAs: Partial<Record<ShiftField, readonly (keyof Change)[]>> = {
  zone: ['zoneId'],
  inCharge: ['inChargePersonId'],
  deputy: ['deputyPersonId'],
  recordable: ['recordable', 'recordableReason'],
}

/** Only what differs from `base`. */
export function changeOf(base: ShiftFields, fields: ShiftFields, timeZone: string): Change {
  const body: Required<Change> = {
    zoneId: fields.zone?.id ?? '',
    startsAt: instantOf(fields.startsAt ?? '', timeZone),
    endsAt: instantOf(fields.endsAt ?? '', timeZone),
    ...templateOf(fields),
  }
  const keys = changedFields(base, fields).flatMap((field) => sentAs[field] ?? [field as keyof Change])
  return Object.fromEntries(keys.map((key) => [key, body[key]]))
}

const byCode: Record<string, ShiftField> = {
  'demand.invalid': 'max',
  'event.too_many_skills': 'skills',
  'period.invalid': 'endsAt',
  'person.missing': 'inCharge',
  'shift.below_taken': 'max',
  'shift.has_minors': 'minorsAllowed',
  'shift.minor_in_charge': 'inCharge',
  'shift.minors_unsuitable': 'minorsAllowed',
  'shift.outside_event': 'endsAt',
  'shift.recordable_reason': 'recordableReason',
  'shift.too_long': 'endsAt',
  'shift.would_overlap': 'startsAt',
  'zone.closed': 'zone',
  'zone.missing': 'zone',
}

/** The field a refusal is about, where it is about one. */
export function fieldOf({ problem: { code, violations } }: Refused): ShiftField | undefined {
  const at = violations?.[0]?.at.split('/').at(-1)
  const fields = Object.keys(newTemplate) as TemplateField[]
  return fields.find((field) => field === at || sentAs[field]?.[0] === at) ?? byCode[code]
}

export const inputOf = (field: ShiftField): string => `shift-${field}`
