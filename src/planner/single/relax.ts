import { decode } from '../flow/decode.ts'
import { type Solved, solveFlow } from '../flow/solve-flow.ts'
import type { GoalName, Placement } from '../format/proposal.ts'
import { measure } from '../instance/measure.ts'
import { RosterBook } from '../instance/roster-book.ts'
import type { Ground } from './ground.ts'

/** The optimum of the flow core without escorts: an upper limit for every plan. */
export interface Relaxation {
  solved: Solved
  /** Its placements. */
  guide: RosterBook
  /** The values of the goals of the flow, in order; empty where somebody may serve on several shifts. */
  bounds: ReadonlyMap<GoalName, number>
  /** Number of parts in it, before parts are joined. */
  rawParts: number
  /** People whose skill counts in it. */
  skilled: ReadonlySet<number>
}

/** Places everybody around the fixed placements by one flow that ignores escorts. */
export function relax(ground: Ground, fixed: readonly Placement[]): Relaxation {
  const { instance, levels, stop } = ground
  const guide = new RosterBook(instance, fixed)
  const model = ground.model(guide)
  const solved = solveFlow(model, [...levels, 'far'], { stop })
  const skilled = new Set<number>()
  for (const { vol, shift } of decode(model, (person) => skilled.add(person))) guide.place(vol, shift)
  const values = measure(guide, [])
  const bounds = ground.manyShifts
    ? []
    : (levels as GoalName[]).map((level) => [level, values[level]] as const)
  const rawParts = guide.peopleOn.reduce((sum, people) => {
    return sum + new Set(people.map((person) => instance.team[person])).size
  }, 0)
  return { solved, guide, bounds: new Map(bounds), rawParts, skilled }
}
