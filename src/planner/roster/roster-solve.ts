import { certify } from '../flow/certificate.ts'
import type { Solved } from '../flow/solve-flow.ts'
import { distanceOf, isOwn } from '../instance/instance.ts'
import { packsOf } from '../instance/levels.ts'
import type { RosterGate, RosterLevel, RosterModel } from './roster-model.ts'

export interface RosterSolved extends Solved {
  /** The value of the flow for each goal. */
  values: ReadonlyMap<RosterLevel, number>
  /** Goals whose optimum over all pairs of team and shift is proven by the potentials. */
  proven: ReadonlySet<RosterLevel>
}

export interface RosterSolveOptions {
  stop?: (() => boolean) | undefined
  /** Maximum of closed parts opened per gate between two solves; 0: none. */
  perGate?: number
}

/**
 * Optimizes the goals exactly and in order, opens parts while the potentials show that one would help, and leaves the
 * network on the optimal face.
 */
export function solveRoster(
  model: RosterModel,
  levels: readonly RosterLevel[],
  { stop, perGate = 24 }: RosterSolveOptions = {},
): RosterSolved {
  const { net } = model
  let [certified, finished, checkedArcs] = [true, true, 0]
  const proven = new Set<RosterLevel>()
  packsOf(model.ranged(levels)).forEach((pack, at) => {
    const costOf = (arc: number) =>
      pack.reduce((sum, { level, weight }) => sum + weight * model.unitOf(level as RosterLevel, arc), 0)
    net.recost(costOf)
    finished &&= net.solve(stop)
    while (finished && at === 0 && perGate > 0) {
      const better = improvingParts(model, perGate)
      if (better.length === 0) break
      const known = net.arcs
      for (const { team, shift } of better) model.openPart(team, shift)
      for (let arc = known; arc < net.arcs; arc++) net.cost[arc] = costOf(arc)
      finished &&= net.solve(stop)
    }
    if (at === 0) {
      const proof = certify(net)
      certified = finished && proof.holds
      checkedArcs = proof.arcs
      if (certified && perGate > 0) for (const { level } of pack) proven.add(level as RosterLevel)
    }
    net.freezeFace()
  })
  const values = new Map(levels.map((level) => [level, 0]))
  for (let arc = model.firstArc; arc < net.arcs; arc++) {
    const flow = net.flow[arc]!
    if (flow === 0) continue
    for (const level of levels) values.set(level, values.get(level)! + flow * model.unitOf(level, arc))
  }
  return { finished, certified, checkedArcs, values, proven }
}

/** Opens, for each team, its own zones and the `near` nearest zones with demand. */
export function openNearZones(model: RosterModel, near: number): void {
  const { instance } = model
  const shiftsOf = Map.groupBy(instance.zone.keys(), (shift) => instance.zone[shift]!)
  const zones = [...shiftsOf.keys()]
  for (const team of model.gatesOf.keys()) {
    const metresTo = new Map(zones.map((zone) => [zone, distanceOf(instance, team, shiftsOf.get(zone)![0]!)]))
    const nearest = zones.toSorted((a, b) => metresTo.get(a)! - metresTo.get(b)! || a - b)
    const own = zones.filter((zone) => isOwn(instance, team, shiftsOf.get(zone)![0]!))
    for (const zone of [...own, ...nearest.slice(0, near)])
      for (const shift of shiftsOf.get(zone)!) model.openPart(team, shift)
  }
}

/**
 * Closed parts that would improve the plan, judged by the potentials; at most `perGate` per gate, the nearest ones.
 * None: the optimum over the open parts is the optimum over all. Own zones are always open.
 */
function improvingParts(model: RosterModel, perGate: number): { team: number; shift: number }[] {
  const { instance, net, seats } = model
  const best = bestPotentials(model)
  const found = new Map<number, { team: number; shift: number }>()
  const improves = (gate: RosterGate, team: number, shift: number) => {
    const seat = seats.nodeFor(shift, gate.skill)
    if (seat < 0 || net.potential[seat]! <= net.potential[gate.node]!) return false
    return !model.partsOfTeam(team).has(shift) && model.admits(gate, shift)
  }
  for (const [team, gates] of model.gatesOf)
    for (const gate of gates) {
      if ((best.get(gate.window * 64 + gate.skill + 1) ?? -Infinity) <= net.potential[gate.node]!) continue
      const better = seats.shiftsIn[gate.window]!.filter((shift) => improves(gate, team, shift))
      if (better.length > perGate)
        better.sort((a, b) => distanceOf(instance, team, a) - distanceOf(instance, team, b))
      for (const shift of better.slice(0, perGate)) found.set(team * instance.shifts + shift, { team, shift })
    }
  return [...found.values()]
}

/** The highest potential of the seats of one kind in one window. */
function bestPotentials({ instance, net, seats }: RosterModel): Map<number, number> {
  const best = new Map<number, number>()
  for (const [window, shifts] of seats.shiftsIn.entries())
    for (const shift of shifts)
      for (const skill of [-1, ...instance.needs[shift]!.map((need) => need.skill)]) {
        const node = seats.nodeFor(shift, skill)
        const key = window * 64 + skill + 1
        if (node >= 0 && net.potential[node]! > (best.get(key) ?? -Infinity))
          best.set(key, net.potential[node]!)
      }
  return best
}
