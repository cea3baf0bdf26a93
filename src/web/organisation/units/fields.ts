/** What of a unit is edited in the form. */
import type { UnitKind } from '#modules/organisation/words.ts'
import type { changeUnit, createUnit, Unit } from '../../api/operations.ts'
import { changedFields } from '../../core/draft.ts'
import type { InputOf } from '../../core/operation.ts'
import type { Refused } from '../../core/refused.ts'
import type { Named } from '../../ui/office/remote-select.tsx'
import type { Words } from '../../words/index.ts'

export interface UnitFields extends Record<string, unknown> {
  name: string
  kind: UnitKind | null
  parent: Named | null
  districtCode: string | null
  system: string
  honourTitle: string
  staffCount: string
  liaison: Named | null
  leader: Named | null
}
export type UnitField =
  | 'name'
  | 'kind'
  | 'parent'
  | 'districtCode'
  | 'system'
  | 'honourTitle'
  | 'staffCount'
  | 'liaison'
  | 'leader'

/** A new unit: as its parent has it, below which it is made. */
export const newUnitFields = (parent: Unit | undefined): UnitFields => ({
  name: '',
  kind: null,
  parent: parent ? { id: parent.id, name: parent.name } : null,
  districtCode: parent?.districtCode ?? null,
  system: parent?.system ?? '',
  honourTitle: '',
  staffCount: '',
  liaison: null,
  leader: null,
})

export function fieldsOf(unit: Unit): UnitFields {
  const { name, kind, parent, districtCode, liaison, leader } = unit
  return {
    ...{ name, kind, parent, districtCode, liaison, leader },
    system: unit.system ?? '',
    honourTitle: unit.honourTitle ?? '',
    staffCount: unit.staffCount === null ? '' : String(unit.staffCount),
  }
}

/** The most people that a unit is believed to have. */
const staffMax = 100_000

export function problemsOf(fields: UnitFields, w: Words): Partial<Record<UnitField, string>> {
  const { name, kind, staffCount } = fields
  const staff = staffCount.trim()
  const good = staff === '' || (/^\d{1,6}$/.test(staff) && Number(staff) <= staffMax)
  return {
    ...(name.trim() === '' ? { name: w.field.missing } : {}),
    ...(kind === null ? { kind: w.field.missing } : {}),
    ...(good ? {} : { staffCount: w.field.between(0, staffMax) }),
  }
}

type Creation = InputOf<typeof createUnit>['body']
type Change = InputOf<typeof changeUnit>['body']

/** All of it, as it is sent. `kind` was checked before. */
export function bodyOf(fields: UnitFields): Creation {
  return {
    name: fields.name.trim(),
    kind: fields.kind ?? 'other',
    parentId: fields.parent?.id ?? null,
    districtCode: fields.districtCode || null,
    system: fields.system.trim() || null,
    honourTitle: fields.honourTitle.trim() || null,
    staffCount: fields.staffCount.trim() === '' ? null : Number(fields.staffCount),
    liaisonPersonId: fields.liaison?.id ?? null,
    leaderPersonId: fields.leader?.id ?? null,
  }
}

const sentAs: Partial<Record<string, keyof Change>> = {
  parent: 'parentId',
  liaison: 'liaisonPersonId',
  leader: 'leaderPersonId',
}

/** Only what differs from `base`. */
export function changeOf(base: UnitFields, fields: UnitFields): Change {
  const body = bodyOf(fields)
  return Object.fromEntries(
    changedFields(base, fields).map((field) => {
      const name = sentAs[field] ?? (field as keyof Change)
      return [name, body[name]]
    }),
  ) as Change
}

/** The field a refusal is about, where it is about one. */
export function fieldOf({ problem: { code, violations } }: Refused): UnitField | undefined {
  const at = violations?.[0]?.at.split('/')[2] ?? ''
  const fields = ['name', 'kind', 'districtCode', 'system', 'honourTitle', 'staffCount'] as const
  const named = fields.find((field) => field === at)
  if (named) return named
  const byCode = { 'parent.closed': 'parent', 'unit.cycle': 'parent', 'unit.too_deep': 'parent' } as const
  return byCode[code as keyof typeof byCode]
}
