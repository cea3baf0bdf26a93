import type { Placement } from '../proposal.ts'
import { distanceOf, isOwn } from './instance.ts'
import { Reach } from './reach.ts'
import type { RosterBook } from './roster-book.ts'

/**
 * Places minors in blocks with adults of their own team: one for every K. The flow does not know this rule, so
 * it says only how many seats of a shift somebody from elsewhere may take; blocks fill such seats, whole shifts
 * first, and the flow of everybody else is solved again around them.
 */
export function placeBlocks(
  book: RosterBook,
  free: Iterable<number>,
  seatsFor: (team: number, shift: number) => number,
  needsOthers: (shift: number) => boolean,
): void {
  const { instance } = book
  const members = Map.groupBy(free, (person) => instance.team[person]!)
  const teams = [...members].filter(([, people]) => people.some((person) => instance.minor[person]))
  if (teams.length === 0) return
  const taken = new Int32Array(instance.shifts)
  const roomAt = (team: number, shift: number) => seatsFor(team, shift) - taken[shift]!
  // Room only gets less here: a shift without any need not be looked at again.
  const suitable = (shift: number) =>
    instance.minorsOk[instance.zone[shift]!] === 1 && !instance.frozen[shift]
  const reach = new Reach(instance, suitable)
  const queues = teams.map(([team, people]) => ({
    team,
    people: new Set(people),
    candidates: new Candidates(reach, team, (shift) => roomAt(team, shift) >= 1),
  }))
  let moved = true
  while (moved) {
    moved = false
    for (const { team, people, candidates } of queues) {
      const block = bestBlock(book, team, people, candidates, roomAt, needsOthers)
      if (!block) continue
      moved = true
      taken[block.shift] = taken[block.shift]! + block.people.length
      for (const person of block.people) {
        book.place(person, block.shift)
        if (book.servingOf(person).length >= instance.shiftsPerPerson) people.delete(person)
      }
    }
  }
}

/** Pupils go no farther than to so many nearest zones: a city and its neighbours. */
const zonesMax = 1000

/** The shifts of a team that have room, own zones first, then the nearest; read as far as somebody looks. */
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

interface Block {
  shift: number
  people: number[]
}

/** How far away a shift may be for each further seat the block would fill there. */
const metresForASeat = 1500
const looksAt = 80
/** How many seats it is worth to be the only party on a shift. */
const seatsForAlone = 8

/** The block of most use: a minor first of all in an own zone, then many seats, then a short way. */
function bestBlock(
  book: RosterBook,
  team: number,
  people: ReadonlySet<number>,
  shifts: Iterable<number>,
  roomAt: (team: number, shift: number) => number,
  needsOthers: (shift: number) => boolean,
): Block | null {
  const { instance } = book
  let best: Block | null = null
  let bestScore = Number.NEGATIVE_INFINITY
  let looked = 0
  if (![...people].some((person) => instance.minor[person])) return null
  for (const shift of shifts) {
    const room = roomAt(team, shift)
    if (room < 1) continue
    const own = isOwn(instance, team, shift)
    if (looked++ >= looksAt && best && !own) break
    const seats = Math.min(room, people.size) - (needsOthers(shift) ? seatsForAlone : 0)
    const score = (own ? 1e9 : 0) + seats * metresForASeat - distanceOf(instance, team, shift)
    if (score <= bestScore) continue
    const chosen = blockFor(book, team, people, shift, room)
    if (chosen.length === 0) continue
    best = { shift, people: chosen }
    bestScore = score
  }
  return best
}

/** As many minors as fit into the seats with the fewest adults they need; empty when not one does. */
export function blockFor(
  book: RosterBook,
  team: number,
  people: ReadonlySet<number>,
  shift: number,
  room: number,
): number[] {
  const { instance } = book
  const { K } = instance.problem
  const fitting = [...people].filter((person) => book.fits(person, shift))
  const byHours = (a: number, b: number) => instance.hours[a]! - instance.hours[b]! || a - b
  const minors = fitting.filter((person) => instance.minor[person]).sort(byHours)
  const adults = fitting.filter((person) => !instance.minor[person]).sort(byHours)
  const present = book.presence(team, shift)
  const spare = K * present.adults - present.minors
  const isScarce = spare + 2 * K * adults.length < minors.length
  let extra = 0
  let count = Math.min(minors.length, spare, room)
  while (extra < adults.length) {
    const more = Math.min(minors.length, spare + K * (extra + 1), room - extra - 1)
    // Where adults are few, one who would have fewer than K minors to look after is worth more on another shift.
    if (more <= count || (isScarce && extra > 0 && more - count < K)) break
    count = more
    extra++
  }
  return count <= 0 ? [] : [...minors.slice(0, count), ...adults.slice(0, extra)]
}

/** Adults to stand beside minors who are pinned where nobody of their team is with them. */
export function escortPinned(book: RosterBook, free: Iterable<number>): Placement[] {
  const { instance } = book
  const members = Map.groupBy(free, (person) => instance.team[person]!)
  const added: Placement[] = []
  const pinnedTo = new Set(instance.problem.pins.map(({ shift }) => shift))
  book.peopleOn.forEach((people, shift) => {
    if (instance.frozen[shift] && !pinnedTo.has(shift)) return
    for (const team of new Set(people.filter((p) => instance.minor[p]).map((p) => instance.team[p]!))) {
      const { minors, adults } = book.presence(team, shift)
      const wanted = Math.ceil(minors / instance.problem.K) - adults
      const able = (members.get(team) ?? []).filter((p) => !instance.minor[p] && book.fits(p, shift))
      for (const vol of able.slice(0, Math.max(0, Math.min(wanted, instance.max[shift]! - people.length)))) {
        book.place(vol, shift)
        added.push({ vol, shift })
      }
    }
  })
  return added
}
