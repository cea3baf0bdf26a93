import { type Goal, type GoalName, goalNames, type Quality } from '../proposal.ts'
import { measure, standbyGoal } from './measure.ts'
import type { RosterBook } from './roster-book.ts'
import type { Solved } from './solve-flow.ts'

export interface Evidence {
  /** The optimum of the flow core, without escorts: a bound for every plan. Null when it was not finished. */
  relaxed: Solved | null
  /** What that optimum is worth, goal by goal in the order they were optimized; empty when it bounds nothing. */
  flowBounds: ReadonlyMap<GoalName, number>
  /** Bounds, by flow as well, that hold whether or not the goals before are at theirs. */
  beyond?: ReadonlyMap<GoalName, number>
  /** Parts in the first decoding of the flow, before any were joined. */
  rawParts: number
  /** Whether the plan is the optimum of the whole program. */
  exact: boolean
}

/** The goals with what was achieved and the best that can be proven. */
export function assess(
  book: RosterBook,
  standby: readonly number[],
  servable: Uint8Array,
  { relaxed, flowBounds, beyond = new Map(), rawParts, exact }: Evidence,
): Quality {
  const { instance } = book
  const { problem } = instance
  const values = measure(book, standby)
  const sizes = partSizes(book)
  const floor = Math.max(
    servedAtLeast(instance.min, values.minimum),
    problem.policy === 'fill' ? servedAtLeast(instance.target, values.target) : 0,
  )
  const placed = countServing(book)
  const goals = goalNames
    .filter((goal) => goal !== 'stay' || (problem.previous ?? []).length > 0)
    .map((goal): Goal => ({ goal, achieved: values[goal], ...boundOf(goal) }))
  return {
    policy: problem.policy ?? 'together',
    goals,
    people: {
      placeable: servable.reduce((sum, can) => sum + can, 0),
      placed,
      placements: sizes.reduce((sum, size) => sum + size, 0),
      standby: standby.length,
    },
    parts: {
      count: sizes.length,
      floor,
      rawCount: rawParts,
      smallest: sizes.reduce((least, size) => Math.min(least, size), Number.MAX_SAFE_INTEGER),
    },
    certificate: relaxed && {
      holds: relaxed.certified,
      arcs: relaxed.checkedArcs,
      checkedArcs: relaxed.checkedArcs,
    },
  }

  function boundOf(goal: GoalName): Pick<Goal, 'bound' | 'proof'> {
    if (exact) return { bound: values[goal], proof: 'exact' }
    const shortage = ['minimum', 'skill', 'target', 'evenness'].includes(goal)
    if (shortage && values[goal] === 0) return { bound: 0, proof: 'trivial' }
    if (goal === 'parts') return { bound: floor, proof: 'counting' }
    if (goal === 'standby') return { bound: standbyGoal(instance, servable), proof: 'trivial' }
    const flow = beyond.get(goal) ?? flowBound(goal)
    if (flow !== null) return { bound: flow, proof: 'flow' }
    return shortage ? { bound: 0, proof: 'trivial' } : { bound: null, proof: null }
  }

  /**
   * The flow core knows no escorts and no whole teams, so its optimum bounds a goal as long as every goal before
   * is at its own bound; and the first that is not, too, but nothing after it.
   */
  function flowBound(goal: GoalName): number | null {
    if (!relaxed?.certified) return null
    for (const [level, bound] of flowBounds) {
      if (level === goal) return bound
      if (values[level] !== bound) return null
    }
    return null
  }
}

function partSizes(book: RosterBook): number[] {
  return book.peopleOn.flatMap((people) =>
    [...Map.groupBy(people, (person) => book.instance.team[person]!).values()].map((part) => part.length),
  )
}

function countServing(book: RosterBook): number {
  let count = 0
  for (let person = 0; person < book.instance.people; person++) if (book.serves(person)) count++
  return count
}

/** How many shifts have at least one person, and so one part, when so many of the seats asked for are empty in all. */
function servedAtLeast(asked: Int32Array, missing: number): number {
  const sizes = asked.filter((seats) => seats > 0).sort()
  let left = missing
  let empty = 0
  while (empty < sizes.length && sizes[empty]! <= left) left -= sizes[empty++]!
  return sizes.length - empty
}
