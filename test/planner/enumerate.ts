import type { GoalName } from '#planner/format/proposal.ts'
import type { Placement, Problem } from '#planner/index.ts'
import { compileInstance } from '#planner/instance/instance.ts'
import { measure } from '#planner/instance/measure.ts'
import { RosterBook } from '#planner/instance/roster-book.ts'
import { chooseStandby } from '#planner/instance/standby.ts'
import { type Violation, validate } from '#planner/validate/validate.ts'

/** The hard rules a set of placements breaks, whatever a proposal would say about it. */
export function brokenRules(problem: Problem, assignments: Placement[]): Violation[] {
  const quality = { policy: 'fill' as const, goals: [], people: nobody, parts: noParts, certificate: null }
  const soft = new Set(['figures', 'skill_twice', 'standby'])
  return validate(problem, {
    assignments,
    standby: [],
    shortages: [],
    competitions: [],
    headlines: [],
    explained: { shortages: 0, full: 0 },
    quality,
  }).filter(({ code }) => !soft.has(code))
}

const nobody = { placeable: 0, placed: 0, placements: 0, standby: 0 }
const noParts = { count: 0, floor: 0, rawCount: 0, smallest: 0 }

/** The goals of a plan in the order of the problem's policy; every entry: smaller is better. */
export function scoreOf(problem: Problem, assignments: Placement[]): number[] {
  const instance = compileInstance(problem)
  const book = new RosterBook(instance, assignments)
  const values = measure(book, chooseStandby(book, servable(problem)))
  const best = new Set<GoalName>(['ownUnit', 'stay', 'standby'])
  return orderOf(problem).map((goal) => (best.has(goal) ? -values[goal] : Math.round(values[goal] * 10)))
}

export function orderOf(problem: Problem): GoalName[] {
  const first: GoalName[] =
    problem.policy === 'together'
      ? ['minimum', 'skill', 'escorts', 'ownUnit', 'parts', 'target', 'evenness']
      : ['minimum', 'skill', 'escorts', 'ownUnit', 'target', 'evenness', 'parts']
  if (problem.ownUnit === 'hard') first.unshift(...first.splice(first.indexOf('ownUnit'), 1))
  return [...first, 'distance', 'hours', 'standby']
}

function servable(problem: Problem): Uint8Array {
  const { from, to, barred } = problem.vol
  return Uint8Array.from(from, (start, person) => {
    const fits = problem.shifts.some((shift) => start <= shift.start && shift.end <= to[person]!)
    return fits && !barred?.[person] ? 1 : 0
  })
}

export function compareScores(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, i) => value !== b[i])
  return at < 0 ? 0 : a[at]! - b[at]!
}

/** Every plan that keeps every rule, found by trying them all. */
export function* everyPlan(problem: Problem): Generator<Placement[]> {
  const options = problem.vol.team.map((_, vol) => optionsOf(problem, vol))
  const chosen: Placement[] = []
  yield* descend(0)

  function* descend(vol: number): Generator<Placement[]> {
    if (vol === options.length) {
      if (withinLimits(problem, chosen) && brokenRules(problem, chosen).length === 0) yield [...chosen]
      return
    }
    for (const option of options[vol]!) {
      chosen.push(...option)
      yield* descend(vol + 1)
      chosen.length -= option.length
    }
  }
}

/** Whether a plan uses no seats beyond those the policy opens: under `fill` those up to the target. */
export function withinLimits(problem: Problem, plan: readonly Placement[]): boolean {
  const { limit } = compileInstance(problem)
  const pinned = (shift: number) => problem.pins.filter((pin) => pin.shift === shift).length
  const count = new Int32Array(problem.shifts.length)
  for (const { shift } of plan) count[shift]!++
  return count.every((heads, shift) => heads <= Math.max(limit[shift]!, pinned(shift)))
}

/** The best score of all plans that keep every rule. */
export function bestScore(problem: Problem): number[] {
  let best: number[] | null = null
  for (const plan of everyPlan(problem)) {
    const score = scoreOf(problem, plan)
    if (!best || compareScores(score, best) < 0) best = score
  }
  if (!best) throw new Error('no plan keeps every rule')
  return best
}

/** Every set of shifts one person may serve on, the empty one included. */
function optionsOf(problem: Problem, vol: number): Placement[][] {
  const personal = new Set(['max', 'ratio', 'pin', 'frozen', 'whole', 'own_unit'])
  const alone = (option: Placement[]) => brokenRules(problem, option).every(({ code }) => personal.has(code))
  const singles = problem.shifts
    .keys()
    .map((shift) => [{ vol, shift }])
    .filter(alone)
    .toArray()
  const pairs = singles.flatMap((a, i) => singles.slice(i + 1).map((b) => [...a, ...b])).filter(alone)
  return [[], ...singles, ...pairs]
}

/** The goals of a roster that flow can order: those before team parts, escorts aside. */
export function flowGoals(problem: Problem): GoalName[] {
  const before = orderOf(problem).slice(0, orderOf(problem).indexOf('parts'))
  return before.filter((goal) => goal !== 'escorts')
}

/** What placements are worth for these goals, in their order; every entry: smaller is better. */
export function worthOf(problem: Problem, assignments: Placement[], goals: readonly GoalName[]): number[] {
  const values = measure(new RosterBook(compileInstance(problem), assignments), [])
  return goals.map((goal) => (goal === 'ownUnit' ? -values[goal] : values[goal]))
}

/**
 * The best of all rosters that keep every rule and use no seats beyond those the policy opens (under `fill` those up
 * to the target), found by trying them all: every set of shifts for every person.
 */
export function bestRoster(problem: Problem, goals: readonly GoalName[]): number[] {
  const { limit } = compileInstance(problem)
  for (const { shift } of problem.pins) {
    const pinned = problem.pins.filter((pin) => pin.shift === shift).length
    limit[shift] = Math.max(limit[shift]!, pinned)
  }
  const options = problem.vol.team.map((_, vol) => setsOf(problem, vol))
  const count = new Int32Array(problem.shifts.length)
  const chosen: Placement[] = []
  let best: number[] | null = null
  const descend = (vol: number): void => {
    if (vol === options.length) {
      const worth = worthOf(problem, chosen, goals)
      if (best && compareScores(worth, best) >= 0) return
      if (brokenRules(problem, chosen).length === 0) best = worth
      return
    }
    for (const option of options[vol]!) {
      for (const { shift } of option) count[shift]!++
      chosen.push(...option)
      if (option.every(({ shift }) => count[shift]! <= limit[shift]!)) descend(vol + 1)
      chosen.length -= option.length
      for (const { shift } of option) count[shift]!--
    }
  }
  descend(0)
  if (!best) throw new Error('no roster keeps every rule')
  return best
}

/** Every set of shifts one person may serve on, the largest first. */
function setsOf(problem: Problem, vol: number): Placement[][] {
  const ofAll = new Set(['max', 'ratio', 'pin', 'frozen', 'whole', 'own_unit'])
  let sets: Placement[][] = [[]]
  for (const shift of problem.shifts.keys())
    sets = sets.concat(
      sets
        .map((set) => [...set, { vol, shift }])
        .filter((set) => brokenRules(problem, set).every(({ code }) => ofAll.has(code))),
    )
  return sets.toSorted((a, b) => b.length - a.length)
}
