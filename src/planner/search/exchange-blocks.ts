import { refusalOf } from '../instance/eligibility.ts'
import { distanceOf, isOwn } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'

/** A block looks at this many shifts, the nearest first. */
const looksAt = 400

/**
 * Escorts whose skill is missing somewhere, and who serve where nobody asks for it, go with their minors to a shift that
 * asks for it; as many people come from there instead. So another holder of the skill becomes free there, whom the flow
 * can send where the skill is missing. No shift has fewer people or skills than before.
 * @returns how many escorts moved
 */
export function exchangeBlocks(book: RosterBook, fixed: (person: number, shift: number) => boolean): number {
  const { instance } = book
  const missing = new Map<number, number>()
  for (let shift = 0; shift < instance.shifts; shift++)
    for (const [at, { skill }] of instance.needs[shift]!.entries())
      missing.set(skill, (missing.get(skill) ?? 0) + book.missing(shift)[at]!)
  const exchange = new Exchange(book, fixed)
  let moved = 0
  for (let person = 0; person < instance.people; person++) {
    if (instance.minor[person] || !book.serves(person)) continue
    for (const [skill, left] of missing) {
      if (left === 0 || !((instance.skills[person]! >> skill) & 1) || !exchange.send(person, skill)) continue
      missing.set(skill, left - 1)
      moved++
      break
    }
  }
  return moved + exchange.makeRoom()
}

interface Step {
  person: number
  from: number
  to: number
}

class Exchange {
  readonly #book: RosterBook
  readonly #fixed: (person: number, shift: number) => boolean
  /** The shifts that allow minors, by each skill they ask for. */
  readonly #asking = new Map<number, number[]>()

  constructor(book: RosterBook, fixed: (person: number, shift: number) => boolean) {
    this.#book = book
    this.#fixed = fixed
    const { instance } = book
    for (let shift = 0; shift < instance.shifts; shift++) {
      if (instance.frozen[shift] || !instance.minorsOk[instance.zone[shift]!]) continue
      for (const { skill } of instance.needs[shift]!)
        this.#asking.set(skill, [...(this.#asking.get(skill) ?? []), shift])
    }
  }

  /** Sends an escort with their minors where the skill is asked for; false: they are no such escort, or cannot go. */
  send(person: number, skill: number): boolean {
    const { instance } = this.#book
    const from = this.#book.firstOf(person)
    if (instance.frozen[from] || !this.#mayLeave(person, from)) return false
    const block = this.#blockOf(person, from)
    if (block.length < 2 || this.#isCounted(person, from)) return false
    return this.#nearest(block, from, this.#asking.get(skill) ?? []).some(
      (to) => this.#isUseful(to, skill) && this.#swap(block, from, to),
    )
  }

  /**
   * Where a skill is missing and almost everybody is a minor or an escort, a block changes places with people of another
   * shift who can be replaced one by one.
   * @returns how many blocks moved
   */
  makeRoom(): number {
    const { instance, peopleOn } = this.#book
    const suitable = [...instance.zone.keys()].filter(
      (shift) => !instance.frozen[shift] && instance.minorsOk[instance.zone[shift]!] === 1,
    )
    let moved = 0
    for (const shift of suitable) {
      const lacking = this.#book.missingInAll(shift)
      if (lacking === 0 || peopleOn[shift]!.filter((each) => this.#isPlain(each, shift)).length > lacking)
        continue
      const blocks = peopleOn[shift]!.filter(
        (each) => !instance.minor[each] && this.#mayLeave(each, shift),
      ).map((each) => this.#blockOf(each, shift))
      const hasLeft = (block: readonly number[]) =>
        this.#nearest(block, shift, suitable).some((to) => {
          const come = this.#plainFor(to, shift).slice(0, block.length)
          return come.length === block.length && this.#try(stepsOf(block, come, shift, to), shift, to)
        })
      if (blocks.some((block) => block.length > 1 && hasLeft(block))) moved++
    }
    return moved
  }

  /** The shifts where the whole block could go, the nearest first. */
  #nearest(block: readonly number[], from: number, shifts: readonly number[]): number[] {
    const { instance } = this.#book
    const metres = (shift: number) => distanceOf(instance, instance.team[block[0]!]!, shift)
    return shifts
      .filter((to) => to !== from && block.every((each) => refusalOf(instance, each, to) === null))
      .sort((a, b) => metres(a) - metres(b) || a - b)
      .slice(0, looksAt)
  }

  /** Whether the shift lacks somebody with the skill, or has a holder who could go elsewhere. */
  #isUseful(shift: number, skill: number): boolean {
    const { instance, peopleOn } = this.#book
    const at = instance.needs[shift]!.findIndex((need) => need.skill === skill)
    if (this.#book.missing(shift)[at]! > 0) return true
    return peopleOn[shift]!.some(
      (other) => (instance.skills[other]! >> skill) & 1 && this.#isPlain(other, shift),
    )
  }

  /** The block goes, and as many others come: people who escort nobody, or one block of another team and these. */
  #swap(block: readonly number[], from: number, to: number): boolean {
    const { instance, peopleOn } = this.#book
    const team = instance.team[block[0]!]!
    const [there, here] = [this.#plainFor(to, from), this.#plainFor(from, to)]
    const escorts = peopleOn[to]!.filter(
      (other) => !instance.minor[other] && instance.team[other] !== team && this.#mayLeave(other, to),
    )
    const blocks = [[], ...escorts.map((other) => this.#blockOf(other, to)).filter((each) => each.length > 1)]
    for (const back of blocks) {
      if (back.some((each) => refusalOf(instance, each, from) !== null)) continue
      const more = block.length - back.length
      const [come, go] = more >= 0 ? [there.slice(0, more), []] : [[], here.slice(0, -more)]
      if (come.length < more || go.length < -more) continue
      if (this.#try(stepsOf([...block, ...go], [...back, ...come], from, to), from, to)) return true
    }
    return false
  }

  #try(steps: readonly Step[], from: number, to: number): boolean {
    const before = [from, to].map((shift) => this.#book.missingInAll(shift))
    for (const step of steps) this.#book.remove(step.person, step.from)
    for (const step of steps) this.#book.place(step.person, step.to)
    if ([from, to].every((shift, at) => this.#book.missingInAll(shift) <= before[at]!)) return true
    for (const step of steps) this.#book.remove(step.person, step.to)
    for (const step of steps) this.#book.place(step.person, step.from)
    return false
  }

  /** An escort and the minors who cannot stay without them; nobody, if the others can escort all. */
  #blockOf(person: number, shift: number): number[] {
    const { instance, peopleOn } = this.#book
    const team = instance.team[person]!
    const { minors, adults } = this.#book.presence(team, shift)
    const count = minors - instance.problem.K * (adults - 1)
    if (count <= 0) return []
    const able = peopleOn[shift]!.filter(
      (other) => instance.minor[other] && instance.team[other] === team && this.#mayLeave(other, shift),
    )
    return able.length < count ? [] : [person, ...able.slice(0, count)]
  }

  /** People who escort nobody on the shift and could serve on the other one, those without skills it asks for first. */
  #plainFor(shift: number, other: number): number[] {
    const { instance, peopleOn } = this.#book
    const asked = instance.needs[shift]!.reduce((mask, { skill }) => mask | (1 << skill), 0)
    const held = (person: number) => ((instance.skills[person]! & asked) === 0 ? 0 : 1)
    return peopleOn[shift]!.filter(
      (person) => this.#isPlain(person, shift) && refusalOf(instance, person, other) === null,
    ).sort((a, b) => held(a) - held(b) || a - b)
  }

  /** Whether an adult may leave and has no minors of their team on the shift. */
  #isPlain(person: number, shift: number): boolean {
    const { instance } = this.#book
    if (instance.minor[person] || !this.#mayLeave(person, shift)) return false
    return this.#book.presence(instance.team[person]!, shift).minors === 0
  }

  /** Whether the shift would miss the person's skill. */
  #isCounted(person: number, shift: number): boolean {
    const before = this.#book.missingInAll(shift)
    this.#book.remove(person, shift)
    const after = this.#book.missingInAll(shift)
    this.#book.place(person, shift)
    return after > before
  }

  #mayLeave(person: number, shift: number): boolean {
    const { instance } = this.#book
    if (this.#fixed(person, shift) || this.#book.servingOf(person).length > 1) return false
    return instance.problem.ownUnit !== 'hard' || !isOwn(instance, instance.team[person]!, shift)
  }
}

function stepsOf(go: readonly number[], come: readonly number[], from: number, to: number): Step[] {
  const out = go.map((person): Step => ({ person, from, to }))
  const back = come.map((person): Step => ({ person, from: to, to: from }))
  return [...out, ...back]
}
