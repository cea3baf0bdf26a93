import { type Goal, type GoalName, goalNames, type Quality } from '../proposal.ts'
import { measure, standbyGoal } from './measure.ts'
import type { RosterBook } from './roster-book.ts'
import type { Solved } from './solve-flow.ts'

export interface Evidence {
  /** The optimum of the flow core, without escorts: a bound for every plan. Null when it was not finished. */
  relaxed: Solved | null
  /** Parts in the first decoding of the flow, before any were joined. */
  rawParts: number
}

/** The goals with what was achieved and the best that can be proven. */
export function assess(
  book: RosterBook,
  standby: readonly number[],
  servable: Uint8Array,
  { relaxed, rawParts }: Evidence,
): Quality {
  const { instance } = book
  const { problem } = instance
  const values = measure(book, standby)
  const sizes = partSizes(book)
  const floor = book.peopleOn.filter((people) => people.length > 0).length
  const placed = book.shiftsOf.filter((shifts) => shifts && shifts.length > 0).length
  const goals = goalNames
    .filter((goal) => goal !== 'stay' || problem.previous !== undefined)
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
      smallest: Math.min(...sizes, Number.MAX_SAFE_INTEGER),
    },
    certificate: relaxed && {
      holds: relaxed.certified,
      arcs: relaxed.checkedArcs,
      checkedArcs: relaxed.checkedArcs,
    },
  }

  function boundOf(goal: GoalName): Pick<Goal, 'bound' | 'proof'> {
    const short = values[goal]
    if (goal === 'standby') return { bound: standbyGoal(instance, servable), proof: 'trivial' }
    if (goal === 'parts') return { bound: floor, proof: 'counting' }
    if (['minimum', 'skill', 'target', 'evenness'].includes(goal) && short === 0)
      return { bound: 0, proof: 'trivial' }
    return { bound: null, proof: null }
  }
}

function partSizes(book: RosterBook): number[] {
  return book.peopleOn.flatMap((people) =>
    [...Map.groupBy(people, (person) => book.instance.team[person]!).values()].map((part) => part.length),
  )
}
