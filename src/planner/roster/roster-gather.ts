import { rosterArcs } from './roster-arcs.ts'
import type { RosterModel } from './roster-model.ts'

const unit = 1_000_000

/**
 * Minimizes team parts on the optimal face of the network: dynamic slope scaling (Kim and Pardalos, Operations
 * Research Letters 24, 1999), as in `gather.ts`. Each round charges a part one unit, divided by its people in the
 * previous round.
 * @returns the parts used in the best round; `free` parts cost nothing
 */
export function gatherRoster(
  model: RosterModel,
  { rounds, free, stop }: { rounds: number; free: ReadonlySet<number>; stop?: (() => boolean) | undefined },
): Set<number> {
  const { net, instance } = model
  const most = partSizes(model)
  const isFree = (part: number) => free.has(partKey(model, part))
  const scoreOf = (used: ReadonlySet<number>) => [...used].filter((part) => !isFree(part)).length
  let carried = carriedBy(model)
  let best = usedBy(carried)
  let score = scoreOf(best)
  for (let round = 0, stale = 0; round < rounds && stale < 3 && !stop?.(); round++) {
    const charge = Float64Array.from(carried, (flow, part) => {
      if (isFree(part)) return 0
      return Math.round(
        unit /
          (flow > 0 ? flow : Math.max(1, Math.min(most[part]!, instance.limit[model.parts[part]!.shift]!))),
      )
    })
    net.recost((arc) => {
      const at = arc - net.firstArc
      return model.kind[at] === rosterArcs.place ? charge[model.part[at]!]! : 0
    })
    if (!net.solve(stop)) break
    carried = carriedBy(model)
    const used = usedBy(carried)
    stale++
    if (scoreOf(used) >= score) continue
    best = used
    score = scoreOf(used)
    stale = 0
  }
  return best
}

/** A part (team, shift) as one number. */
export function partKey({ instance, parts }: RosterModel, part: number): number {
  const { team, shift } = parts[part]!
  return team * instance.shifts + shift
}

/** Number of people on each part in the present flow. */
export function carriedBy(model: RosterModel): Float64Array {
  const carried = new Float64Array(model.parts.length)
  const first = model.net.firstArc
  for (let at = 0; at < model.kind.length; at++)
    if (model.kind[at] === rosterArcs.place) {
      const part = model.part[at]!
      carried[part] = carried[part]! + model.net.flow[first + at]!
    }
  return carried
}

function usedBy(carried: Float64Array): Set<number> {
  const used = new Set<number>()
  for (let part = 0; part < carried.length; part++) if (carried[part]! > 0) used.add(part)
  return used
}

/** Maximum number of people on each part. */
function partSizes({ groups, parts, instance }: RosterModel): Float64Array {
  const people = new Float64Array(instance.teams)
  for (const group of groups) people[group.team] = people[group.team]! + group.people.length
  return Float64Array.from(parts, ({ team }) => people[team]!)
}
