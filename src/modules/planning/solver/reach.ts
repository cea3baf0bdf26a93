import type { FlowModel } from './flow-model.ts'
import { NearestPoints } from './nearest.ts'

/** Opens for each team its own zones and the `near` nearest zones with demand. */
export function openNearest(model: FlowModel, near: number): void {
  const { instance } = model
  const shiftsOf = Map.groupBy(instance.zone.keys(), (shift) => instance.zone[shift]!)
  const zonesOf = Map.groupBy(shiftsOf.keys(), (zone) => instance.zoneUnit[zone]!)
  const points = new NearestPoints(instance.zoneX, instance.zoneY, [...shiftsOf.keys()])
  for (const team of new Set(model.classes.map((c) => c.team))) {
    const unit = instance.teamUnit[team]!
    const open = (zone: number) => {
      for (const shift of shiftsOf.get(zone)!) model.openPart(team, shift)
    }
    if (unit >= 0) zonesOf.get(unit)?.forEach(open)
    let left = near
    for (const zone of points.near(instance.teamX[team]!, instance.teamY[team]!)) {
      if (left-- <= 0) break
      open(zone)
    }
  }
}
