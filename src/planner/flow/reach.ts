import type { Instance } from '../instance/instance.ts'
import { NearestPoints } from './nearest.ts'

/** The shifts a team starts with: those in zones of its own unit, and those in the nearest zones with open seats. */
export class Reach {
  readonly #instance: Instance
  readonly #shiftsOf: Map<number, number[]>
  readonly #ownZones: Map<number, number[]>
  readonly #points: NearestPoints

  constructor(instance: Instance, isOpen: (shift: number) => boolean) {
    this.#instance = instance
    const open = [...instance.zone.keys()].filter(isOpen)
    this.#shiftsOf = Map.groupBy(open, (shift) => instance.zone[shift]!)
    const zones = [...this.#shiftsOf.keys()]
    this.#ownZones = Map.groupBy(zones, (zone) => instance.zoneUnit[zone]!)
    this.#points = new NearestPoints(instance.zoneX, instance.zoneY, zones)
  }

  /** Shifts in own zones, then shifts in the `near` nearest zones; duplicates are possible. */
  *shiftsNear(team: number, near: number): Generator<number> {
    const instance = this.#instance
    const unit = instance.teamUnit[team]!
    if (unit >= 0) for (const zone of this.#ownZones.get(unit) ?? []) yield* this.#shiftsOf.get(zone)!
    let left = near
    for (const zone of this.#points.near(instance.teamX[team]!, instance.teamY[team]!)) {
      if (left-- <= 0) return
      yield* this.#shiftsOf.get(zone)!
    }
  }
}
