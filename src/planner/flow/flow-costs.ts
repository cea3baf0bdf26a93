import { evenSteps, type Level, type RangedLevel, type WeightedLevel } from '../instance/levels.ts'
import { arcKinds, own, stays } from './flow-arcs.ts'
import type { FlowModel } from './flow-model.ts'

/**
 * Sets the costs of all arcs from arc `from` on: the change of the weighted goals per unit of flow; negative is
 * better.
 */
export function setCosts(model: FlowModel, goals: readonly WeightedLevel[], from = model.firstArc): void {
  const w = weightsOf(goals)
  const { kind, flags, metric, part, count } = model.arcs
  const { cost } = model.net
  const first = model.firstArc
  const ofFar = w.far + (model.closed.length > 0 ? w.parts : 0)
  for (let at = from - first; at < count; at++) {
    let value = 0
    switch (kind[at]) {
      case arcKinds.member:
        value = w.hours * metric[at]!
        break
      case arcKinds.place:
        value = w.distance * metric[at]!
        if (flags[at]! & own) value -= w.ownUnit
        if (flags[at]! & stays) value -= w.stay
        if (model.closed[part[at]!]) value += w.parts
        break
      case arcKinds.skill:
        value = -w.skill
        break
      case arcKinds.minimum:
        value = -w.minimum - w.target - w.evenness * (evenSteps + 1)
        break
      case arcKinds.target:
        value = -w.target - w.evenness * (1 + metric[at]!)
        break
      case arcKinds.far:
        value = ofFar + w.distance * metric[at]!
    }
    // Avoids -0, which would be written as such into files for other solvers.
    cost[first + at] = value === 0 ? 0 : value
  }
}

/** The goals, each with the maximum change on one simple cycle of this network. */
export function ranged(model: FlowModel, levels: readonly Level[]): RangedLevel[] {
  const { kind, metric, count } = model.arcs
  const { seats, skillSeats, outPools } = model.nodes
  let longest = 0
  let hours = 0
  for (let at = 0; at < count; at++) {
    if (kind[at] === arcKinds.place || kind[at] === arcKinds.far) longest = Math.max(longest, metric[at]!)
    if (kind[at] === arcKinds.member) hours = Math.max(hours, metric[at]!)
  }
  // A simple cycle passes each seat and each pool once, and a person reaches a seat by a place arc or through a pool.
  const ranges: Record<Level, number> = {
    minimum: 1,
    target: 1,
    evenness: evenSteps + 1,
    skill: skillSeats,
    ownUnit: 2 * seats,
    stay: 2 * seats,
    parts: 2 * (seats + outPools),
    far: 2 * outPools,
    distance: 2 * (seats + outPools) * longest,
    hours,
  }
  return levels.map((level) => ({ level, range: ranges[level] }))
}

function weightsOf(goals: readonly WeightedLevel[]): Record<Level, number> {
  const weights: Record<Level, number> = {
    minimum: 0,
    skill: 0,
    ownUnit: 0,
    stay: 0,
    target: 0,
    evenness: 0,
    parts: 0,
    far: 0,
    distance: 0,
    hours: 0,
  }
  for (const { level, weight } of goals) weights[level] = weight
  return weights
}
