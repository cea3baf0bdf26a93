import { Reach } from '../flow/reach.ts'
import { escortsOfPinned } from '../instance/fixed.ts'
import { distanceOf, type Instance, isOwn } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'

/**
 * Places minors in blocks with adults of their own team: one adult for every K minors. The flow cannot express this
 * rule. It only says how many seats of a shift people of other units may take; blocks fill these seats, whole shifts
 * first, and the flow of all other people is solved again around them. `sparing`: an adult takes fewer than K minors
 * only if the team has adults to spare.
 */
export function placeBlocks(
  book: RosterBook,
  free: Iterable<number>,
  seatsFor: (team: number, shift: number) => number,
  needsOthers: (shift: number) => boolean,
  sparing = false,
): void {
  const { instance } = book
  const members = Map.groupBy(free, (person) => instance.team[person]!)
  const teams = [...members].filter(([, people]) => people.some((person) => instance.minor[person]))
  if (teams.length === 0) return
  // Open seats only decrease here, so a shift without demand need not be checked again.
  const suitable = (shift: number) =>
    instance.minorsOk[instance.zone[shift]!] === 1 && !instance.frozen[shift]
  const reach = new Reach(instance, suitable)
  const queues = teams.map(([team, people]) => ({
    team,
    people: new Set(people),
    candidates: new Candidates(reach, team, (shift) => seatsFor(team, shift) >= 1),
  }))
  let moved = true
  while (moved) {
    moved = false
    for (const { team, people, candidates } of queues) {
      const block = bestBlock(book, team, people, candidates, { seatsFor, needsOthers, sparing })
      if (!block) continue
      moved = true
      for (const person of block.people) {
        book.place(person, block.shift)
        if (book.servingOf(person).length >= instance.shiftsPerPerson) people.delete(person)
      }
    }
  }
}

/** Pupils are sent only to this many nearest zones, enough for a city and its neighbours. */
const zonesMax = 1000

/** The shifts of a team with open seats, own zones first, then the nearest; computed lazily. */
class Candidates {
  readonly #source: Iterator<number>
  readonly #hasRoom: (shift: number) => boolean
  readonly #seen = new Set<number>()

  constructor(reach: Reach, team: number, hasRoom: (shift: number) => boolean) {
    this.#source = reach.shiftsNear(team, zonesMax)
    this.#hasRoom = hasRoom
  }

  *[Symbol.iterator](): Generator<number> {
    for (const shift of this.#seen)
      if (this.#hasRoom(shift)) yield shift
      else this.#seen.delete(shift)
    for (let next = this.#source.next(); !next.done; next = this.#source.next()) {
      if (this.#seen.has(next.value) || !this.#hasRoom(next.value)) continue
      this.#seen.add(next.value)
      yield next.value
    }
  }
}

interface Choice {
  seatsFor: (team: number, shift: number) => number
  needsOthers: (shift: number) => boolean
  sparing: boolean
}

interface Block {
  shift: number
  people: number[]
}

/** The extra distance in metres that is acceptable for each further seat the block fills. */
const metresForASeat = 1500
const looksAt = 80
/** The same where adults are scarce. */
const metresForAScarceSeat = 100_000
const looksFarAt = 400
/** Between shifts where as many seats would be filled, an adult also fills a seat for a skill. */
const seatsForSkill = 0.9
/** The bonus, in seats, for being the only party on a shift. */
const seatsForAlone = 8

/** The best block: first a minor in an own zone, then many seats, then a short distance. */
function bestBlock(
  book: RosterBook,
  team: number,
  people: ReadonlySet<number>,
  shifts: Iterable<number>,
  { seatsFor, needsOthers, sparing }: Choice,
): Block | null {
  const { instance } = book
  const held = sparing ? skillsOf(instance, people) : 0
  const bringsSkill = (shift: number) => {
    const missing = book.missing(shift)
    return instance.needs[shift]!.some(({ skill }, at) => missing[at]! > 0 && (held >> skill) & 1)
  }
  let best: Block | null = null
  let bestScore = Number.NEGATIVE_INFINITY
  let looked = 0
  const minors = countMinors(instance, people)
  if (minors === 0) return null
  const { K } = instance.problem
  const slack = sparing ? Math.max(0, slackOf(instance, people)) : Number.POSITIVE_INFINITY
  // Seats that the best party would fill, less the minors whom adults who are not at full use there leave behind.
  const useful = (room: number) => {
    const heads = Math.min(room, people.size)
    const adults = Math.ceil(heads / (K + 1))
    const wasted = K * adults - Math.min(minors, heads - adults)
    return heads - Math.max(0, wasted - slack)
  }
  for (const shift of shifts) {
    const room = seatsFor(team, shift)
    if (room < 1) continue
    const own = isOwn(instance, team, shift)
    if (looked++ >= (sparing ? looksFarAt : looksAt) && best && !own) break
    const skilled = sparing && bringsSkill(shift) ? seatsForSkill : 0
    const seats = useful(room) + skilled - (needsOthers(shift) ? seatsForAlone : 0)
    const score =
      (own ? 1e9 : 0) +
      seats * (sparing ? metresForAScarceSeat : metresForASeat) -
      distanceOf(instance, team, shift)
    if (score <= bestScore) continue
    const chosen = blockFor(book, team, people, shift, { room, sparing })
    if (chosen.length === 0) continue
    best = { shift, people: chosen }
    bestScore = score
  }
  return best
}

/**
 * The largest number of minors, with the minimum of adults, that fits into the seats; empty if none fits. `sparing`:
 * adults after the first take K minors unless the team has adults to spare, and skills asked elsewhere are spared.
 */
export function blockFor(
  book: RosterBook,
  team: number,
  people: ReadonlySet<number>,
  shift: number,
  { room, sparing = false }: { room: number; sparing?: boolean },
): number[] {
  const { instance } = book
  const { K } = instance.problem
  const fitting = [...people].filter((person) => book.fits(person, shift))
  const byHours = (a: number, b: number) => instance.hours[a]! - instance.hours[b]! || a - b
  const minors = fitting.filter((person) => instance.minor[person]).sort(byHours)
  const asked = sparing ? askedOf(instance) : 0
  const here = instance.needs[shift]!.reduce((mask, { skill }) => mask | (1 << skill), 0)
  const rank = (person: number) => {
    const held = instance.skills[person]! & asked
    return (held & here) !== 0 ? 0 : held === 0 ? 1 : 2
  }
  const adults = fitting
    .filter((person) => !instance.minor[person])
    .sort((a, b) => rank(a) - rank(b) || byHours(a, b))
  const present = book.presence(team, shift)
  const spare = K * present.adults - present.minors
  // As many places beside escorts may stay empty as there are more of them than minors.
  const mayWaste = sparing ? Math.max(0, slackOf(instance, people)) : Number.POSITIVE_INFINITY
  let slack = spare + 2 * K * adults.length < minors.length ? 0 : mayWaste
  let extra = 0
  let count = Math.min(minors.length, spare, room)
  while (extra < adults.length) {
    const more = Math.min(minors.length, spare + K * (extra + 1), room - extra - 1)
    // An adult who would escort fewer than K minors here is more useful on another shift if adults are scarce.
    const wasted = Math.max(0, K - (more - count))
    if (more <= count || (extra > 0 && wasted > slack)) break
    slack -= wasted
    count = more
    extra++
  }
  return count <= 0 ? [] : [...minors.slice(0, count), ...adults.slice(0, extra)]
}

const askedIn = new WeakMap<Instance, number>()

/** The skills that some shift asks for, as a set of bits. */
function askedOf(instance: Instance): number {
  let asked = askedIn.get(instance)
  if (asked === undefined) {
    asked = instance.needs.flat().reduce((mask, { skill }) => mask | (1 << skill), 0)
    askedIn.set(instance, asked)
  }
  return asked
}

/** How many more minors the adults among these people could escort than there are among them. */
function slackOf(instance: Instance, people: ReadonlySet<number>): number {
  const minors = countMinors(instance, people)
  return instance.problem.K * (people.size - minors) - minors
}

/** The skills of the adults among these people, as a set of bits. */
function skillsOf(instance: Instance, people: ReadonlySet<number>): number {
  let held = 0
  for (const person of people) if (!instance.minor[person]) held |= instance.skills[person]!
  return held
}

function countMinors(instance: Instance, people: ReadonlySet<number>): number {
  let count = 0
  for (const person of people) count += instance.minor[person]!
  return count
}

/** Places the escorts of pinned minors that have no pinned adult of their team. */
export function escortPinned(book: RosterBook): void {
  for (const { vol, shift } of escortsOfPinned(book.instance)) book.place(vol, shift)
}
