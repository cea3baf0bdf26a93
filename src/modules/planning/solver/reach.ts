import type { FlowModel } from './flow-model.ts'
import type { Instance } from './instance.ts'

/** Opens for each team its own zones and the `near` nearest zones with demand. */
export function openNearest(model: FlowModel, near: number): void {
  const { instance } = model
  const shiftsOf = Map.groupBy(instance.zone.keys(), (shift) => instance.zone[shift]!)
  const zonesOf = Map.groupBy(shiftsOf.keys(), (zone) => instance.zoneUnit[zone]!)
  const zones = [...shiftsOf.keys()]
  const find = nearestFinder(instance, zones)
  const teams = new Set(model.classes.map((c) => c.team))
  for (const team of teams) {
    const unit = instance.teamUnit[team]!
    const own = unit < 0 ? [] : (zonesOf.get(unit) ?? [])
    const nearest = zones.length <= near ? zones : find(instance.teamX[team]!, instance.teamY[team]!, near)
    for (const zone of [...own, ...nearest])
      for (const shift of shiftsOf.get(zone)!) model.openPart(team, shift)
  }
}

/** Finds the nearest of `zones` to a point through a grid of squares that hold about four zones each. */
function nearestFinder(instance: Instance, zones: readonly number[]) {
  const { zoneX, zoneY } = instance
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const zone of zones) {
    west = Math.min(west, zoneX[zone]!)
    east = Math.max(east, zoneX[zone]!)
    south = Math.min(south, zoneY[zone]!)
    north = Math.max(north, zoneY[zone]!)
  }
  const side = Math.max(
    1,
    Math.sqrt((Math.max(1, east - west) * Math.max(1, north - south) * 4) / zones.length),
  )
  const columns = Math.floor((east - west) / side) + 1
  const rows = Math.floor((north - south) / side) + 1
  const cells = new Map<number, number[]>()
  for (const zone of zones) {
    const cell =
      Math.floor((zoneY[zone]! - south) / side) * columns + Math.floor((zoneX[zone]! - west) / side)
    const list = cells.get(cell)
    if (list) list.push(zone)
    else cells.set(cell, [zone])
  }
  return (x: number, y: number, count: number): number[] => {
    const column = Math.floor((x - west) / side)
    const row = Math.floor((y - south) / side)
    const found: { zone: number; metres: number }[] = []
    for (let ring = 0; ring <= columns + rows + Math.abs(column) + Math.abs(row); ring++) {
      for (let r = row - ring; r <= row + ring; r++) {
        if (r < 0 || r >= rows) continue
        const edge = r === row - ring || r === row + ring
        for (let c = column - ring; c <= column + ring; c += edge ? 1 : 2 * ring || 1) {
          if (c < 0 || c >= columns) continue
          for (const zone of cells.get(r * columns + c) ?? [])
            found.push({ zone, metres: Math.hypot(zoneX[zone]! - x, zoneY[zone]! - y) })
        }
      }
      // Everything within `ring` squares is known now; nearer ones cannot come any more.
      if (found.filter(({ metres }) => metres <= ring * side).length >= count) break
    }
    return found
      .sort((a, b) => a.metres - b.metres || a.zone - b.zone)
      .slice(0, count)
      .map(({ zone }) => zone)
  }
}
