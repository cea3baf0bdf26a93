/** Who must not look at a point: nobody judges their own district, their own line, or where they hold a role. Pure. */
import type { Reach } from '#platform/http/access.ts'

/** A unit in its tree, and the district in which it stands. */
export interface Standing {
  id: string
  path: string
  districtCode: string | null
}

export interface Inspector {
  /** Whether a role in force lets them record visits, and over which part: there they go on patrol. */
  records: boolean
  reach: Reach
  /** For which unit they act. */
  unit: Standing | null
  /** Their other roles: over a unit, over a district, or over everything (neither). */
  roles: readonly { unit: Standing | null; districtCode: string | null }[]
}

/** What a visit is about. */
export interface Concern {
  /** Empty: of the city alone. */
  districtCode: string
  /** Whose point it is, who answers for its zone, who leads its standards there. */
  units: readonly Standing[]
}

export type Refusal =
  | 'inspector.not_one'
  | 'inspector.unit_needed'
  | 'inspector.own_district'
  | 'inspector.own_line'
  | 'inspector.own_role'
  | 'inspector.not_third'
  | 'inspector.beyond'

type OneLine = (a: Standing, b: Standing) => boolean

/** Six digits with trailing pairs of zeros mean everything below. */
const stem = (code: string) => (/^\d{6}$/.test(code) ? code.replace(/(?:00)+$/, '') : code)

/** Whether a district code is of the district of the visit; one of the whole city is of none. */
function ofDistrict(code: string | null, { districtCode }: Concern): boolean {
  if (!code || districtCode === '') return false
  return stem(code).startsWith(stem(districtCode))
}

/**
 * Why somebody does not go there; null: they may.
 * @param own a self-test: a unit looks at its own points
 */
export function refusalOf(
  { records, unit, roles }: Inspector,
  concern: Concern,
  { own, onOneLine }: { own: boolean; onOneLine: OneLine },
): Refusal | null {
  if (!records) return 'inspector.not_one'
  if (!unit) return 'inspector.unit_needed'
  if (own) return null
  if (ofDistrict(unit.districtCode, concern)) return 'inspector.own_district'
  const online = (one: Standing) => concern.units.some((each) => onOneLine(one, each))
  if (online(unit)) return 'inspector.own_line'
  const held = roles.some(
    (role) => ofDistrict(role.districtCode, concern) || (role.unit !== null && online(role.unit)),
  )
  return held ? 'inspector.own_role' : null
}
