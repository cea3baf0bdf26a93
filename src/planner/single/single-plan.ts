import type { Placement } from '../format/proposal.ts'
import type { Stage } from '../format/vocabulary.ts'
import { fixedPlacements } from '../instance/fixed.ts'
import { RosterBook } from '../instance/roster-book.ts'
import { PartJoiner } from '../search/join-parts.ts'
import { loosen } from '../search/loosen.ts'
import { serveWithOwn } from '../search/serve-with-own.ts'
import type { Ground } from './ground.ts'
import { isShort, isWorse, leastShort, minorsFirst } from './least-short.ts'
import { packAfter } from './pack-after.ts'
import { type Relaxation, relax } from './relax.ts'
import { fill, flowOnce, opened, topUp } from './steps.ts'

/** If teams are kept together, a smaller party is formed only for a minimum or a skill. */
const sensibleSize = 4

export interface SinglePlan {
  book: RosterBook
  relaxation: Relaxation
}

interface SingleOptions {
  /** Called at every stage with the share of the work done, 0 to 1. */
  tell?: (stage: Stage, done: number) => void
  /** Called with the first complete plan. */
  onPlan?: ((plan: SinglePlan) => void) | undefined
}

/** Plans shifts of which everybody takes one at most: a flow, then local search around it. See README. */
export function planSingle(ground: Ground, options: SingleOptions): SinglePlan {
  const { book, relaxation } = complete(ground, options)
  if (serveWithOwn(book, ground.isFixed) > 0) fill(ground, book)
  const apart = book.placements()
  joinParts(ground, book)
  topUp(ground, book)
  const before = new RosterBook(ground.instance, apart)
  options.tell?.('explaining', 0.9)
  // Parties too small to be useful may leave zones of their own unit.
  const aside = ground.together && ground.instance.problem.ownUnit !== 'hard' ? 'ownUnit' : null
  return { book: isWorse(book, before, aside) ? before : book, relaxation }
}

/**
 * A complete plan whose parts are not joined yet. If it is short, it is compared with a plan that places minors first,
 * and, if teams are kept together, with the plan of policy `fill`, which is also a valid plan here.
 */
function complete(ground: Ground, { tell, onPlan }: SingleOptions): SinglePlan {
  const fixed = fixedPlacements(ground.instance)
  const relaxation = relax(ground, fixed)
  tell?.('escorting', 0.4)
  const book = placed(ground, fixed, relaxation, () => tell?.('gathering', 0.6))
  onPlan?.({ book, relaxation })
  if (!isShort(book, relaxation)) return { book, relaxation }
  const others = [minorsFirst(ground, fixed)]
  if (ground.together) {
    const { book: filled } = complete(ground.filling(), {})
    others.push(new RosterBook(ground.instance, filled.placements()))
  }
  return { book: leastShort(ground, [book, ...others]), relaxation }
}

/** A complete plan around the fixed placements, packed after the relaxation. */
function placed(
  ground: Ground,
  fixed: readonly Placement[],
  relaxation: Relaxation,
  onPacked: () => void,
): RosterBook {
  const book = opened(ground, fixed)
  // If people keep their previous place, there is nothing to pack.
  if ((ground.instance.problem.stability ?? 'free') === 'free') packAfter(ground, book, relaxation)
  onPacked()
  fill(ground, book)
  topUp(ground, book)
  // Greedy packing may leave a minimum or a skill short that the flow can fill. Then all movable people are placed by
  // the flow again, with staying as a goal, so that people who are not needed elsewhere stay.
  if (isShort(book, relaxation)) flowOnce(ground, book, loosen(book, ground.isFixed))
  return book
}

function joinParts(ground: Ground, book: RosterBook): void {
  const { instance, servable, together } = ground
  const before = Int32Array.from(book.peopleOn, (people) => people.length)
  const least = together ? instance.min : instance.target
  const joiner = new PartJoiner(
    book,
    servable.keys().filter((person) => servable[person] === 1 && !ground.isWhole(person)),
    {
      needed: (shift) => Math.min(before[shift]!, least[shift]!),
      fixed: ground.isFixed,
      sensibleSize: together ? sensibleSize : 0,
      sizeMax: 16,
      stop: ground.stop,
    },
  )
  joiner.run(6)
}
