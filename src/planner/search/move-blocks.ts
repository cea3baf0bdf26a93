import { refusalOf } from '../instance/eligibility.ts'
import { isOwn } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import { Parties } from './parties.ts'

const passesMax = 4

/**
 * Moves blocks of one adult and up to K minors of their team to shifts below their minimum: from other shifts, from
 * people without a place, or an adult who serves without minors to those who wait. The flow cannot do this, because it
 * ignores escorts. Every move fills more seats below a minimum than it empties, and nobody leaves whose skill a shift
 * needs. `skillsLater`: seats for skills that are still missing are left to people who come later.
 * @returns how many people moved
 */
export function moveBlocks(
  book: RosterBook,
  fixed: (person: number, shift: number) => boolean,
  { skillsLater = false } = {},
): number {
  const mover = new BlockMover(book, fixed, skillsLater)
  let moved = 0
  for (let pass = 0; pass < passesMax; pass++) {
    const before = moved
    for (const shift of mover.shortShifts())
      for (let came = 1; came > 0 && mover.lacking(shift) > 0; moved += came) came = mover.bring(shift)
    if (moved === before) break
  }
  return moved
}

/** No shift: of people without a place, and of a block without an adult. */
const nowhere = -1

/** A block that could move: minors from one shift, and an adult from the same or another one. */
interface Block {
  minors: readonly number[]
  from: number
  adult: number | null
  adultFrom: number
  /** How many more seats below a minimum are filled after the move. */
  net: number
}

class BlockMover {
  readonly #book: RosterBook
  readonly #fixed: (person: number, shift: number) => boolean
  readonly #skillsLater: boolean
  readonly #parties: Parties
  /** The shifts of each team with minors where it has some people; `nowhere` for those without a place. */
  readonly #places = new Map<number, Set<number>>()
  readonly #waiting = new Map<number, number[]>()

  constructor(book: RosterBook, fixed: (person: number, shift: number) => boolean, skillsLater: boolean) {
    this.#book = book
    this.#skillsLater = skillsLater
    this.#fixed = fixed
    this.#parties = new Parties(book)
    const { instance } = book
    const withMinors = new Set<number>()
    for (let person = 0; person < instance.people; person++)
      if (instance.minor[person]) withMinors.add(instance.team[person]!)
    for (const team of withMinors)
      if (!instance.problem.teams[team]!.whole) this.#places.set(team, new Set([nowhere]))
    for (let person = 0; person < instance.people; person++) {
      const places = this.#places.get(instance.team[person]!)
      if (!places) continue
      const serving = book.servingOf(person)
      for (const shift of serving) places.add(shift)
      if (serving.length > 0 || instance.barred[person]) continue
      const team = instance.team[person]!
      this.#waiting.set(team, [...(this.#waiting.get(team) ?? []), person])
    }
  }

  /** Shifts below their minimum that allow minors, largest gap first. */
  shortShifts(): number[] {
    const { instance } = this.#book
    return [...instance.window.keys()]
      .filter((shift) => instance.minorsOk[instance.zone[shift]!] && !instance.frozen[shift])
      .filter((shift) => this.lacking(shift) > 0)
      .sort((a, b) => this.lacking(b) - this.lacking(a) || a - b)
  }

  lacking(shift: number): number {
    const { instance, peopleOn } = this.#book
    const kept = this.#skillsLater ? this.#book.missingInAll(shift) : 0
    return instance.min[shift]! - peopleOn[shift]!.length - kept
  }

  /**
   * Moves the block that fills most.
   * @returns how many people moved
   */
  bring(shift: number): number {
    let best: Block | null = null
    for (const team of this.#places.keys())
      for (const block of this.#blocksFor(team, shift)) if (block.net > (best?.net ?? 0)) best = block
    if (!best) return 0
    if (best.adult !== null) this.#move(best.adult, best.adultFrom, shift)
    for (const person of best.minors) this.#move(person, best.from, shift)
    return best.minors.length + (best.adult === null ? 0 : 1)
  }

  *#blocksFor(team: number, to: number): Generator<Block> {
    const { K } = this.#book.instance.problem
    const there = this.#parties.of(team, to)
    const taken = there ? Math.max(0, K * (there.people.length - there.minors) - there.minors) : 0
    let apart: { adult: number; from: number } | null | undefined
    for (const from of this.#places.get(team)!) {
      if (from === to) continue
      const able = this.#peopleAt(team, from).filter((person) => this.#mayMove(person, from, to))
      const minors = able.filter((person) => this.#book.instance.minor[person])
      if (minors.length === 0) continue
      const adult = able.find((person) => !this.#book.instance.minor[person])
      const alone = this.#block(minors, from, null, nowhere, { to, most: taken })
      if (alone) yield alone
      if (adult !== undefined) {
        const block = this.#block(minors, from, adult, from, { to, most: K + taken })
        if (block) yield block
      }
      if (from !== nowhere || adult !== undefined) continue
      apart ??= this.#adultApart(team, to)
      const block = apart && this.#block(minors, from, apart.adult, apart.from, { to, most: K + taken })
      if (block) yield block
    }
  }

  /** The best block of these people: as many minors as fill most seats, enough for those left behind. */
  #block(
    minors: readonly number[],
    from: number,
    adult: number | null,
    adultFrom: number,
    { to, most }: { to: number; most: number },
  ): Block | null {
    const { instance, peopleOn } = this.#book
    const { K } = instance.problem
    const adults = adult === null ? 0 : 1
    const room = instance.limit[to]! - peopleOn[to]!.length - adults
    const party = from === nowhere ? undefined : this.#parties.of(instance.team[minors[0]!]!, from)
    // Enough minors go along that the adults left behind can escort the others.
    const staying = party ? party.people.length - party.minors - (adultFrom === from ? adults : 0) : 0
    const least = party ? Math.max(1, party.minors - K * staying) : 1
    let best: Block | null = null
    for (let count = least; count <= Math.min(most, room, minors.length); count++) {
      const leaving = count + (adultFrom === from ? adults : 0)
      const lost = this.#lost(from, leaving) + (adultFrom === from ? 0 : this.#lost(adultFrom, adults))
      const net = Math.min(count + adults, this.lacking(to)) - lost
      if (net > (best?.net ?? 0)) best = { minors: minors.slice(0, count), from, adult, adultFrom, net }
    }
    return best
  }

  /** How many seats below the minimum so many people leave empty. */
  #lost(from: number, leaving: number): number {
    if (from === nowhere) return 0
    return Math.max(0, Math.min(leaving, this.lacking(from) + leaving))
  }

  /** An adult of the team who escorts nobody where they serve and could come. */
  #adultApart(team: number, to: number): { adult: number; from: number } | null {
    const { instance } = this.#book
    for (const from of this.#places.get(team)!) {
      if (from === nowhere || from === to) continue
      const party = this.#parties.of(team, from)
      if (!party) continue
      const adults = party.people.length - party.minors
      if (party.minors > instance.problem.K * (adults - 1)) continue
      const adult = party.people.find((person) => !instance.minor[person] && this.#mayMove(person, from, to))
      if (adult !== undefined) return { adult, from }
    }
    return null
  }

  #peopleAt(team: number, shift: number): readonly number[] {
    if (shift === nowhere) return this.#waiting.get(team) ?? []
    return this.#parties.of(team, shift)?.people ?? []
  }

  #mayMove(person: number, from: number, to: number): boolean {
    const { instance } = this.#book
    if (from === nowhere) return !this.#book.serves(person) && this.#book.fits(person, to)
    if (instance.frozen[from] || this.#fixed(person, from) || this.#book.servingOf(person).length > 1)
      return false
    if (instance.problem.ownUnit === 'hard' && isOwn(instance, instance.team[person]!, from)) return false
    // A person who may be the only one with a skill does not leave.
    if (instance.needs[from]!.some(({ skill }) => (instance.skills[person]! >> skill) & 1)) return false
    return refusalOf(instance, person, to) === null
  }

  #move(person: number, from: number, to: number): void {
    const team = this.#book.instance.team[person]!
    if (from === nowhere)
      this.#waiting.set(
        team,
        this.#waiting.get(team)!.filter((other) => other !== person),
      )
    else {
      this.#book.remove(person, from)
      this.#parties.leave(person, from)
    }
    this.#book.place(person, to)
    this.#parties.join(person, to)
    this.#places.get(team)!.add(to)
  }
}
