import type { GoalName } from '../format/proposal.ts'
import { measure } from '../instance/measure.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import type { RosterLevel, RosterModel } from './roster-model.ts'
import { type RosterSolved, solveRoster } from './roster-solve.ts'

export type Bounds = Map<GoalName, number>

const maximized: ReadonlySet<RosterLevel> = new Set(['ownUnit', 'stay'])

/** The values of a solved relaxation for the goals proven by its potentials, added to the placements so far. */
export function boundsOf(placed: RosterBook, { values, proven }: RosterSolved): Bounds {
  const base = measure(placed, [])
  const bounds: Bounds = new Map()
  for (const [level, change] of values)
    if (proven.has(level)) bounds.set(level, base[level] + (maximized.has(level) ? -change : change))
  return bounds
}

/**
 * Bounds for the goals after the first one the plan misses. The bounds in order say nothing about them, so each later
 * goal is bounded by its own optimum among the plans that reach the bounds before that first goal. Costs one warm
 * solve per goal on the network of the relaxation.
 */
export function boundsBeyond(
  model: RosterModel,
  placed: RosterBook,
  finished: RosterBook,
  {
    levels,
    bounds,
    stop,
  }: { levels: readonly RosterLevel[]; bounds: Bounds; stop?: (() => boolean) | undefined },
): Bounds {
  const values = measure(finished, [])
  const missed = levels.findIndex((level) => values[level] !== bounds.get(level))
  const beyond: Bounds = new Map()
  if (missed < 0) return beyond
  for (const level of levels.slice(missed + 1)) {
    if (!maximized.has(level) && values[level] === 0) continue
    model.net.thaw()
    const solved = solveRoster(model, [...levels.slice(0, missed), level], { stop })
    const bound = boundsOf(placed, solved).get(level)
    if (bound !== undefined) beyond.set(level, bound)
  }
  return beyond
}
