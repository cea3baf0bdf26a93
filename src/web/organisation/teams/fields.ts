/** What of a team or class is edited in the form. */
import type { TeamKind } from '#modules/organisation/words.ts'
import type { changeTeam, createTeam, Team, Unit } from '../../api/operations.ts'
import { changedFields } from '../../core/draft.ts'
import type { InputOf } from '../../core/operation.ts'
import type { Refused } from '../../core/refused.ts'
import type { Named } from '../../ui/office/remote-select.tsx'
import type { Words } from '../../words/index.ts'

export interface TeamFields extends Record<string, unknown> {
  name: string
  /** Said once, when it is made. */
  kind: TeamKind
  unit: Named | null
  /** Named when it is made; later it is handed over. */
  leader: Named | null
  /** Latitude and longitude, as people copy them from a map: `41.29, 123.76`. */
  base: string
  whole: boolean
  statedHeads: string
  statedMinors: string
}
export type TeamField =
  | 'name'
  | 'kind'
  | 'unit'
  | 'leader'
  | 'base'
  | 'whole'
  | 'statedHeads'
  | 'statedMinors'

export const newTeamFields = (unit: Unit | undefined): TeamFields => ({
  name: '',
  kind: unit?.kind === 'school' ? 'class' : 'team',
  unit: unit ? { id: unit.id, name: unit.name } : null,
  leader: null,
  base: '',
  whole: false,
  statedHeads: '',
  statedMinors: '',
})

const numberText = (value: number | null) => (value === null ? '' : String(value))

export function fieldsOf(team: Team): TeamFields {
  const { name, kind, unit, leader, base, whole } = team
  return {
    ...{ name, kind, unit, leader, whole },
    base: base ? `${base.latitude}, ${base.longitude}` : '',
    statedHeads: numberText(team.statedHeads),
    statedMinors: numberText(team.statedMinors),
  }
}

const headsMax = 100_000
const isHeads = (text: string) =>
  text.trim() === '' || (/^\d{1,6}$/.test(text.trim()) && Number(text) <= headsMax)

/** A place as it was typed; null: none; undefined: not a place. */
export function placeIn(text: string): { latitude: number; longitude: number } | null | undefined {
  if (text.trim() === '') return null
  const [latitude, longitude, ...more] = text
    .split(/[,，\s]+/)
    .filter(Boolean)
    .map(Number)
  const good = [latitude, longitude].every((each) => Number.isFinite(each)) && more.length === 0
  if (!good || Math.abs(latitude!) > 90 || Math.abs(longitude!) > 180) return undefined
  return { latitude: latitude!, longitude: longitude! }
}

export function problemsOf(fields: TeamFields, w: Words): Partial<Record<TeamField, string>> {
  const heads = w.field.between(0, headsMax)
  return {
    ...(fields.name.trim() === '' ? { name: w.field.missing } : {}),
    ...(placeIn(fields.base) === undefined ? { base: w.field.invalid } : {}),
    ...(isHeads(fields.statedHeads) ? {} : { statedHeads: heads }),
    ...(isHeads(fields.statedMinors) ? {} : { statedMinors: heads }),
  }
}

type Creation = InputOf<typeof createTeam>['body']
type Change = InputOf<typeof changeTeam>['body']
const headsIn = (text: string) => (text.trim() === '' ? null : Number(text))

export function bodyOf(fields: TeamFields): Creation {
  return {
    name: fields.name.trim(),
    kind: fields.kind,
    unitId: fields.unit?.id ?? null,
    leaderPersonId: fields.leader?.id ?? null,
    base: placeIn(fields.base) ?? null,
    whole: fields.whole,
    statedHeads: headsIn(fields.statedHeads),
    statedMinors: headsIn(fields.statedMinors),
  }
}

const sentAs: Partial<Record<string, keyof Change>> = { unit: 'unitId', leader: 'leaderPersonId' }

/** Only what differs from `base`. */
export function changeOf(base: TeamFields, fields: TeamFields): Change {
  const body: Change = bodyOf(fields)
  return Object.fromEntries(
    changedFields(base, fields).map((field) => {
      const name = sentAs[field] ?? (field as keyof Change)
      return [name, body[name]]
    }),
  ) as Change
}

/** The field a refusal is about, where it is about one. */
export function fieldOf({ problem: { code, violations } }: Refused): TeamField | undefined {
  const at = violations?.[0]?.at.split('/')[2] ?? ''
  const named = (['name', 'base', 'statedHeads', 'statedMinors'] as const).find((field) => field === at)
  if (named) return named
  const byCode = { 'team.exists': 'name', 'unit.closed': 'unit', 'unit.missing': 'unit' } as const
  return byCode[code as keyof typeof byCode]
}
