import type { Instance } from '../instance/instance.ts'

/** Approximate number of teams in a region: small enough that the simplex solves one quickly. */
const teamsInRegion = 250

/**
 * Squares of the map with about the same number of teams, in Morton order (Z-order): four consecutive ones form the
 * next larger square, and so on.
 */
export interface Regions {
  readonly count: number
  readonly ofTeam: Int32Array
  readonly ofZone: Int32Array
}

/** Divides the teams' bases into regions. */
export function regionsOf(instance: Instance): Regions {
  const { teamX, teamY, zoneX, zoneY } = instance
  let [west, south, east, north] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1e300, -1e300]
  for (let team = 0; team < instance.teams; team++) {
    west = Math.min(west, teamX[team]!)
    east = Math.max(east, teamX[team]!)
    south = Math.min(south, teamY[team]!)
    north = Math.max(north, teamY[team]!)
  }
  const halvings = Math.max(0, Math.round(Math.log2(instance.teams / teamsInRegion) / 2))
  const sides = 2 ** halvings
  const cell = (value: number, low: number, high: number) =>
    Math.min(sides - 1, Math.max(0, Math.floor(((value - low) / Math.max(1, high - low)) * sides)))
  const at = (x: number, y: number) => interleave(cell(x, west, east), cell(y, south, north))
  return {
    count: sides * sides,
    ofTeam: Int32Array.from(teamX, (x, team) => at(x, teamY[team]!)),
    ofZone: Int32Array.from(zoneX, (x, zone) => at(x, zoneY[zone]!)),
  }
}

/** Interleaves the bits of column and row (Morton code). */
function interleave(column: number, row: number): number {
  let code = 0
  for (let bit = 0; bit < 15; bit++)
    code |= (((column >> bit) & 1) << (2 * bit)) | (((row >> bit) & 1) << (2 * bit + 1))
  return code
}
