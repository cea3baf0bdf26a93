import type { Instance } from './instance.ts'

/** So many teams make a region: the size of a city, which the simplex settles in moments. */
const teamsInRegion = 250

/** Squares of the map with about as many teams each as a city has: whoever is near works near. */
export interface Regions {
  readonly count: number
  readonly ofTeam: Int32Array
  readonly ofZone: Int32Array
}

export function regionsOf(instance: Instance): Regions {
  const { teamX, teamY, zoneX, zoneY } = instance
  let [west, south, east, north] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1e300, -1e300]
  for (let team = 0; team < instance.teams; team++) {
    west = Math.min(west, teamX[team]!)
    east = Math.max(east, teamX[team]!)
    south = Math.min(south, teamY[team]!)
    north = Math.max(north, teamY[team]!)
  }
  const sides = Math.max(1, Math.round(Math.sqrt(instance.teams / teamsInRegion)))
  const cell = (value: number, low: number, high: number) =>
    Math.min(sides - 1, Math.max(0, Math.floor(((value - low) / Math.max(1, high - low)) * sides)))
  const at = (x: number, y: number) => cell(y, south, north) * sides + cell(x, west, east)
  return {
    count: sides * sides,
    ofTeam: Int32Array.from(teamX, (x, team) => at(x, teamY[team]!)),
    ofZone: Int32Array.from(zoneX, (x, zone) => at(x, zoneY[zone]!)),
  }
}
