import { arcKinds } from '../flow/flow-arcs.ts'
import type { FlowModel } from '../flow/flow-model.ts'

/**
 * Minimizes team parts on the optimal face: a fixed charge for every part used. Dynamic slope scaling (Kim and
 * Pardalos, Operations Research Letters 24, 1999): each round charges a part one unit, divided by its people in the
 * previous round, so that large parts attract people and small ones become empty.
 */
export interface Gathering {
  /** The parts used in the best round. */
  used: Set<number>
  rounds: number
}

const unit = 1_000_000

export interface GatherOptions {
  rounds: number
  /** Parts that exist anyway because of fixed placements: they cost nothing. */
  free: (team: number, shift: number) => boolean
  stop?: (() => boolean) | undefined
}

/** Searches on the present optimal face; afterwards the network has the flow of the last round, not of the best one. */
export function gather(model: FlowModel, { rounds, free, stop }: GatherOptions): Gathering {
  const { net } = model
  const people = sizes(model)
  const { arcs, parts } = model
  const isFree = Uint8Array.from({ length: parts.count }, (_, part) =>
    free(parts.team[part]!, parts.shift[part]!) ? 1 : 0,
  )
  const most = Float64Array.from({ length: parts.count }, (_, part) =>
    Math.max(1, Math.min(people.get(parts.team[part]!) ?? 1, model.instance.limit[parts.shift[part]!]!)),
  )
  let carried = carriedBy(model)
  let best = { used: usedBy(carried), score: Number.POSITIVE_INFINITY }
  best.score = scoreOf(best.used, isFree)
  let round = 0
  let stale = 0
  for (; round < rounds && !stop?.(); round++) {
    const charge = Float64Array.from(carried, (flow, part) => {
      if (isFree[part]) return 0
      return Math.round(unit / (flow > 0 ? flow : most[part]!))
    })
    for (let at = 0; at < arcs.count; at++) {
      const kind = arcs.kind[at]
      // A person routed through a pool forms a part of their own.
      net.cost[model.firstArc + at] =
        kind === arcKinds.place ? charge[arcs.part[at]!]! : kind === arcKinds.far ? unit : 0
    }
    net.refresh()
    if (!net.solve(stop)) break
    carried = carriedBy(model)
    const used = usedBy(carried)
    const score = scoreOf(used, isFree)
    if (score < best.score) {
      best = { used, score }
      stale = 0
    } else if (++stale >= 4) break
  }
  return { used: best.used, rounds: round }
}

/** Number of people on each part in the present flow. */
export function carriedBy(model: FlowModel): Float64Array {
  const { arcs, net, firstArc } = model
  const carried = new Float64Array(model.parts.count)
  for (let at = 0; at < arcs.count; at++)
    if (arcs.kind[at] === arcKinds.place) {
      const part = arcs.part[at]!
      carried[part] = carried[part]! + net.flow[firstArc + at]!
    }
  return carried
}

function usedBy(carried: Float64Array): Set<number> {
  const used = new Set<number>()
  for (let part = 0; part < carried.length; part++) if (carried[part]! > 0) used.add(part)
  return used
}

function scoreOf(used: ReadonlySet<number>, isFree: Uint8Array): number {
  let score = 0
  for (const part of used) if (!isFree[part]) score++
  return score
}

function sizes(model: FlowModel): Map<number, number> {
  const people = new Map<number, number>()
  for (const c of model.classes) people.set(c.team, (people.get(c.team) ?? 0) + c.people.length)
  return people
}
