/** What of the organisation an import may touch. Pure; the SQL of the same rules is in `../scope.ts`. */
import type { StoredReach } from './schema.ts'

interface Placed {
  path: string
  districtCode: string | null
}

function districtCovers(granted: string, code: string | null): boolean {
  const prefix = /^\d{6}$/.test(granted) ? granted.replace(/(?:00)+$/, '') : granted
  return code?.startsWith(prefix) ?? false
}

export function reachesUnit(reach: StoredReach, unit: Placed): boolean {
  if (reach.everything) return true
  return (
    reach.unitPaths.some((path) => unit.path.startsWith(path)) ||
    reach.districtCodes.some((code) => districtCovers(code, unit.districtCode))
  )
}

/** A team of its own is reached by whoever reaches everything, and by its own grants. */
export function reachesTeam(reach: StoredReach, teamId: string | null, unit: Placed | null): boolean {
  if (reach.everything) return true
  if (teamId !== null && reach.teamIds.includes(teamId)) return true
  return unit !== null && reachesUnit(reach, unit)
}
