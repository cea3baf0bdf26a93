import type { Solved } from './flow/solve-flow.ts'
import { type Goal, type GoalName, goalNames, type Quality } from './format/proposal.ts'
import { measure, standbyGoal } from './instance/measure.ts'
import { escortableOf } from './instance/own-escorts.ts'
import type { RosterBook } from './instance/roster-book.ts'

export interface Evidence {
  /** The optimum of the flow core, which ignores escorts: a bound for every plan. Null when the solve was stopped. */
  relaxed: Solved | null
  /** The value of that optimum for each goal, in the order of optimization; empty when it bounds nothing. */
  flowBounds: ReadonlyMap<GoalName, number>
  /** Further bounds from the flow that hold even if earlier goals do not reach their own bounds. */
  beyond?: ReadonlyMap<GoalName, number>
  /** Number of parts in the first decoding of the flow, before parts were joined. */
  rawParts: number
  /** Whether the plan is the optimum of the exact mixed-integer program. */
  exact: boolean
}

/** The goals, each with the achieved value and the best proven bound. */
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
    .filter((goal) => goal !== 'escorts' || escortableOf(instance).some((minors) => minors > 0))
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
    const shortage = ['minimum', 'skill', 'escorts', 'target', 'evenness'].includes(goal)
    if (shortage && values[goal] === 0) return { bound: 0, proof: 'trivial' }
    if (goal === 'parts') return { bound: floor, proof: 'counting' }
    if (goal === 'standby') return { bound: standbyGoal(instance, servable), proof: 'trivial' }
    const flow = beyond.get(goal) ?? flowBound(goal)
    if (flow !== null) return { bound: flow, proof: 'flow' }
    return shortage ? { bound: 0, proof: 'trivial' } : { bound: null, proof: null }
  }

  /**
   * The flow core ignores escorts and whole teams. Its optimum bounds a goal if all earlier goals reach their own
   * bounds. So it also bounds the first goal that misses its bound, but no goal after that.
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

/**
 * A lower bound on the shifts with at least one person (each has at least one part), given the total number of empty
 * seats.
 */
function servedAtLeast(asked: Int32Array, missing: number): number {
  const sizes = asked.filter((seats) => seats > 0).sort()
  let left = missing
  let empty = 0
  while (empty < sizes.length && sizes[empty]! <= left) left -= sizes[empty++]!
  return sizes.length - empty
}
