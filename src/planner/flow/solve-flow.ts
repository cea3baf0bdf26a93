import { type Level, packsOf } from '../instance/levels.ts'
import { certify } from './certificate.ts'
import { ranged, setCosts } from './flow-costs.ts'
import type { FlowModel } from './flow-model.ts'

export interface Solved {
  /** Whether the flow is optimal for all goals in order; false when it was stopped. */
  finished: boolean
  /** Whether the potentials prove optimality: over the open arcs, and that no closed part would improve it. */
  certified: boolean
  checkedArcs: number
}

export interface SolveOptions {
  stop?: (() => boolean) | undefined
  /** Maximum of closed parts opened between two solves for each person who cannot use pools; 0: none. */
  perGate?: number
}

/**
 * Optimizes the goals exactly and in order, and opens parts while the reduced costs show that one would help. The
 * network stays on the optimal face: a later solve with other costs keeps these goals.
 */
export function solveFlow(model: FlowModel, levels: readonly Level[], options: SolveOptions = {}): Solved {
  const { stop, perGate = 8 } = options
  const { net } = model
  let certified = true
  let checkedArcs = 0
  let finished = true
  packsOf(ranged(model, levels)).forEach((pack, at) => {
    setCosts(model, pack)
    net.refresh()
    finished &&= net.solve(stop)
    while (finished && at === 0 && perGate > 0) {
      const better = model.improvingParts(perGate)
      if (better.length === 0) break
      const known = net.arcs
      for (const { team, shift } of better) model.openPart(team, shift)
      setCosts(model, pack, known)
      finished &&= net.solve(stop)
    }
    if (at === 0) {
      const proof = certify(net)
      certified = finished && proof.holds && (perGate === 0 || model.improvingParts(1).length === 0)
      checkedArcs = proof.arcs
    }
    net.freezeFace()
  })
  return { finished, certified, checkedArcs }
}
