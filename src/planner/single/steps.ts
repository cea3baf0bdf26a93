/** The steps that complete a plan in which everybody serves on one shift at most. */
import { decode } from '../flow/decode.ts'
import { solveFlow } from '../flow/solve-flow.ts'
import type { Placement } from '../format/proposal.ts'
import type { Level } from '../instance/levels.ts'
import { RosterBook } from '../instance/roster-book.ts'
import { escortPinned, placeBlocks } from '../search/escorts.ts'
import { gather } from '../search/gather.ts'
import { sendHome } from '../search/own-first.ts'
import { placeWholeTeams } from '../search/whole-teams.ts'
import type { Ground } from './ground.ts'

/** The fixed placements, escorts for pinned minors, and whole teams. */
export function opened(ground: Ground, fixed: readonly Placement[]): RosterBook {
  const book = new RosterBook(ground.instance, fixed)
  escortPinned(book)
  placeWholeTeams(book, ground.free(book))
  return book
}

/** Places people who may still serve, in as few new parts of teams as possible. */
export function fill(ground: Ground, book: RosterBook): void {
  const { afterParts, instance, levels, stop } = ground
  const before = levels.filter((level) => !afterParts.includes(level))
  const model = ground.model(book, { byHours: true, may: ground.isSingle })
  solveFlow(model, [...before, 'far'], { stop })
  const present = partKeys(book)
  const free = (team: number, shift: number) => present.has(team * instance.shifts + shift)
  const { used } = gather(model, { rounds: 6, free, stop })
  model.closed = Uint8Array.from({ length: model.parts.count }, (_, part) =>
    used.has(part) || free(model.parts.team[part]!, model.parts.shift[part]!) ? 0 : 1,
  )
  solveFlow(model, ['parts', ...afterParts, 'distance', 'hours'], { stop, perGate: 0 })
  for (const { vol, shift } of decode(model)) book.place(vol, shift)
}

/**
 * One flow of all people who may be placed one by one, at the optimum of the goals before `parts`; `were`: their
 * previous shifts.
 */
export function flowOnce(ground: Ground, book: RosterBook, were: ReadonlyMap<number, number>): void {
  const first = ground.levels.filter((level) => !['target', 'evenness', 'stay'].includes(level))
  const model = ground.model(book, {
    may: ground.isSingle,
    previousOf: (person) => were.get(person) ?? -1,
  })
  const rest: Level[] = ground.together ? ['stay', 'target', 'evenness'] : ['target', 'evenness', 'stay']
  solveFlow(model, [...first, ...rest, 'far'], { stop: ground.stop })
  for (const { vol, shift } of decode(model)) book.place(vol, shift)
}

/** Minors on seats that are still empty, if an adult of their team can escort them; then own zones first. */
export function topUp(ground: Ground, book: RosterBook): void {
  const { instance } = ground
  const room = (_team: number, shift: number) => instance.target[shift]! - book.peopleOn[shift]!.length
  placeBlocks(book, ground.freeOneByOne(book), room, () => false)
  if (instance.problem.ownUnit !== 'hard') return
  for (let round = 0; round < 5 && sendHome(book, ground.isFixed) > 0; round++) fill(ground, book)
}

function partKeys({ instance, peopleOn }: RosterBook): Set<number> {
  const keys = new Set<number>()
  peopleOn.forEach((people, shift) => {
    for (const person of people) keys.add(instance.team[person]! * instance.shifts + shift)
  })
  return keys
}
