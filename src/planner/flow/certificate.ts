import type { NetworkSimplex } from './network-simplex.ts'

/**
 * Verifies, from flows and potentials alone and in O(arcs), that a circulation is feasible and has minimum cost
 * (complementary slackness: Ahuja, Magnanti, Orlin, theorem 9.4). It does not depend on how the solution was found.
 */
export function certify(network: NetworkSimplex, from = network.firstArc): { holds: boolean; arcs: number } {
  const { source, target, capacity, cost, flow, potential, arcs } = network
  const balance = new Float64Array(network.nodes)
  let holds = true
  for (let arc = 0; arc < network.firstArc; arc++) if (flow[arc] !== 0) holds = false
  for (let arc = from; arc < arcs; arc++) {
    const carried = flow[arc]!
    const reduced = cost[arc]! + potential[source[arc]!]! - potential[target[arc]!]!
    if (carried < 0 || carried > capacity[arc]!) holds = false
    if (reduced > 0 && carried > 0) holds = false
    if (reduced < 0 && carried < capacity[arc]!) holds = false
    balance[source[arc]!] = balance[source[arc]!]! - carried
    balance[target[arc]!] = balance[target[arc]!]! + carried
  }
  return { holds: holds && balance.every((net) => net === 0), arcs: arcs - from }
}
