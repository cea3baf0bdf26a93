/** What a reach covers, decided in memory. Pure. The same rules as SQL conditions are in `reach-conditions.ts`. */
import type { Reach } from '#platform/http/access.ts'
import { districtHolds } from './reach-conditions.ts'

/** The position of a unit: its path in the tree, and its district. */
export interface UnitLocation {
  path: string
  districtCode: string | null
}

/**
 * Whether a unit is within reach: by its path, by its district, or by both for a role that is limited to a district.
 */
export function coversUnit(reach: Reach, unit: UnitLocation): boolean {
  if (reach.everything) return true
  const standsIn = (code: string) => unit.districtCode !== null && districtHolds(code, unit.districtCode)
  return (
    reach.paths.some((path) => unit.path.startsWith(path)) ||
    (reach.parts?.some((part) => unit.path.startsWith(part.path) && standsIn(part.code)) ?? false) ||
    reach.codes.some(standsIn)
  )
}

/**
 * Whether a reach covers a team. A team without a unit is covered only by a reach of everything or a grant over this
 * team.
 */
export function coversTeam(reach: Reach, teamId: string | null, unit: UnitLocation | null): boolean {
  if (reach.everything) return true
  if (teamId !== null && reach.ids.includes(teamId)) return true
  return unit !== null && coversUnit(reach, unit)
}
