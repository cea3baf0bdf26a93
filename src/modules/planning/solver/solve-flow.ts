import { certify } from './certificate.ts'
import type { FlowModel } from './flow-model.ts'
import { type Level, packsOf } from './levels.ts'

export interface Solved {
  /** Whether the flow is optimal for all goals in order; false when it was stopped before. */
  finished: boolean
  /** Whether the potentials prove it: over the open arcs, and that no closed part could improve. */
  certified: boolean
  checkedArcs: number
  values: Map<Level, number>
}

export interface SolveOptions {
  stop?: (() => boolean) | undefined
  /** At most so many closed parts are opened for each gate between two solves; 0: none ever. */
  perGate?: number
}

/**
 * Optimizes the goals in order and exactly, opening parts as long as the potentials say that one would help.
 * The network is left on the optimal face: a later solve with other costs keeps these goals.
 */
export function solveFlow(model: FlowModel, levels: readonly Level[], options: SolveOptions = {}): Solved {
  const { stop, perGate = 24 } = options
  const { net } = model
  let certified = true
  let checkedArcs = 0
  let finished = true
  packsOf(model.ranged(levels)).forEach((pack, at) => {
    const costOf = (arc: number) =>
      pack.reduce((sum, { level, weight }) => sum + weight * model.unitOf(level, arc), 0)
    net.recost(costOf)
    finished &&= net.solve(stop)
    while (finished && at === 0 && perGate > 0) {
      const better = model.improvingParts(perGate)
      if (better.length === 0) break
      const known = net.arcs
      for (const { team, shift } of better) model.openPart(team, shift)
      for (let arc = known; arc < net.arcs; arc++) net.cost[arc] = costOf(arc)
      finished &&= net.solve(stop)
    }
    if (at === 0) {
      const proof = certify(net)
      certified = finished && proof.holds && (perGate === 0 || model.improvingParts(1).length === 0)
      checkedArcs = proof.arcs
    }
    net.freezeFace()
  })
  return { finished, certified, checkedArcs, values: valuesOf(model, levels) }
}

/** What the present flow achieves for each goal. */
export function valuesOf(model: FlowModel, levels: readonly Level[]): Map<Level, number> {
  const values = new Map(levels.map((level) => [level, 0]))
  for (let arc = model.firstArc; arc < model.net.arcs; arc++) {
    const flow = model.net.flow[arc]!
    if (flow === 0) continue
    for (const level of levels) values.set(level, values.get(level)! + flow * model.unitOf(level, arc))
  }
  return values
}
