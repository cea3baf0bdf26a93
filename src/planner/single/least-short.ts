import { boundOrder, signOf } from '../bounds/escort-bound.ts'
import type { GoalName, Placement } from '../format/proposal.ts'
import { measure, ownServed } from '../instance/measure.ts'
import { RosterBook } from '../instance/roster-book.ts'
import { placeBlocks } from '../search/escorts.ts'
import { exchangeBlocks } from '../search/exchange-blocks.ts'
import { loosen } from '../search/loosen.ts'
import { moveBlocks } from '../search/move-blocks.ts'
import { swapEscorts } from '../search/swap-escorts.ts'
import type { Ground } from './ground.ts'
import type { Relaxation } from './relax.ts'
import { fill, flowOnce, opened, topUp } from './steps.ts'

/** How often blocks and all other people are placed again in turn while this fills more seats. */
const roundsMax = 4

/** Whether a minimum or a skill lacks more people than the flow proves to be unavoidable. */
export function isShort(book: RosterBook, { bounds }: Relaxation): boolean {
  const values = measure(book, [])
  return (['minimum', 'skill'] as const).some((goal) => {
    const bound = bounds.get(goal)
    return bound !== undefined && values[goal] > bound
  })
}

/** Whether the other plan is better on the first goal before the target where they differ; one goal may be left aside. */
export function isWorse(plan: RosterBook, other: RosterBook, aside: GoalName | null = null): boolean {
  const { instance } = plan
  const valuesOf = (book: RosterBook) => {
    const values = measure(book, [])
    // Under this rule own-unit service has priority only up to the target; beyond it a minimum elsewhere is more
    // important.
    if (instance.problem.ownUnit === 'hard') values.ownUnit = ownServed(book, instance.target)
    return values
  }
  const [mine, theirs] = [valuesOf(plan), valuesOf(other)]
  const goal = boundOrder(instance.problem).find((each) => each !== aside && mine[each] !== theirs[each])
  if (goal === undefined || goal === 'target' || goal === 'evenness') return false
  return signOf(goal) * (mine[goal] - theirs[goal]) > 0
}

/** A plan that places minors with their escorts on seats below the minimum, then everybody else by one flow. */
export function minorsFirst(ground: Ground, fixed: readonly Placement[]): RosterBook {
  const book = opened(ground, fixed)
  const { min } = ground.instance
  const room = (_team: number, shift: number) =>
    min[shift]! - book.peopleOn[shift]!.length - book.missingInAll(shift)
  placeBlocks(book, ground.freeOneByOne(book), room, () => false, true)
  moveBlocks(book, ground.isFixed, { skillsLater: true })
  flowOnce(ground, book, loosen(book, ground.isFixed))
  fill(ground, book)
  topUp(ground, book)
  return book
}

/** The best of these plans on the goals before the target, after blocks were moved and escorts swapped. */
export function leastShort(ground: Ground, plans: readonly [RosterBook, ...RosterBook[]]): RosterBook {
  for (const plan of plans) moveAndSwap(ground, plan)
  let best = plans.reduce((one, plan) => (isWorse(one, plan) ? plan : one))
  // Where blocks moved or changed places, other people are better placed elsewhere, which may make room for further ones.
  for (let round = 0; round < roundsMax && !ground.stop?.(); round++) {
    const next = new RosterBook(ground.instance, best.placements())
    exchangeBlocks(next, ground.isFixed)
    flowOnce(ground, next, loosen(next, ground.isFixed))
    topUp(ground, next)
    moveAndSwap(ground, next)
    if (!isWorse(best, next)) break
    best = next
  }
  return best
}

function moveAndSwap({ isFixed }: Ground, book: RosterBook): void {
  moveBlocks(book, isFixed)
  swapEscorts(book, isFixed)
}
