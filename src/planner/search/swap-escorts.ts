import { isOwn } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'

/**
 * Frees people with a skill from escorting: another adult of the team takes their place, and they go where the skill
 * is missing. The flow cannot do this, because it leaves escorts where they are. Every swap fills a seat for a skill,
 * and leaves no more seats below a minimum empty than before.
 * @returns how many seats for a skill were filled
 */
export function swapEscorts(book: RosterBook, fixed: (person: number, shift: number) => boolean): number {
  const { instance } = book
  const swapper = new EscortSwapper(book, fixed)
  let filled = 0
  for (let shift = 0; shift < instance.shifts; shift++) {
    if (instance.frozen[shift]) continue
    for (const [at, { skill }] of instance.needs[shift]!.entries())
      while (book.missing(shift)[at]! > 0 && swapper.fill(shift, skill)) filled++
  }
  return filled
}

interface Step {
  person: number
  from: number
  to: number
}

class EscortSwapper {
  readonly #book: RosterBook
  readonly #fixed: (person: number, shift: number) => boolean
  /** The adults of each team with minors. */
  readonly #adultsOf: Map<number, number[]>

  constructor(book: RosterBook, fixed: (person: number, shift: number) => boolean) {
    this.#book = book
    this.#fixed = fixed
    const { instance } = book
    const withMinors = new Set(instance.team.filter((_, person) => instance.minor[person] === 1))
    const adults = [...instance.team.keys()].filter(
      (person) => !instance.minor[person] && withMinors.has(instance.team[person]!),
    )
    this.#adultsOf = Map.groupBy(adults, (person) => instance.team[person]!)
  }

  fill(shift: number, skill: number): boolean {
    const { instance } = this.#book
    for (const [team, adults] of this.#adultsOf) {
      if (instance.problem.teams[team]!.whole) continue
      for (const holder of adults) {
        const from = this.#mayLeave(holder)
        if (from < 0 || from === shift || !((instance.skills[holder]! >> skill) & 1)) continue
        for (const other of adults) {
          if (other === holder) continue
          const place = this.#book.serves(other) ? this.#mayLeave(other) : -1
          if ((place < 0 && this.#book.serves(other)) || place === from) continue
          if (this.#try(holder, other, { from, to: shift, place })) return true
        }
      }
    }
    return false
  }

  /** The only shift of a person who may leave it if somebody replaces them; -1: none. */
  #mayLeave(person: number): number {
    const { instance } = this.#book
    const [shift, ...others] = this.#book.servingOf(person)
    if (shift === undefined || others.length > 0) return -1
    if (instance.frozen[shift] || this.#fixed(person, shift)) return -1
    const own = isOwn(instance, instance.team[person]!, shift)
    return own && instance.problem.ownUnit === 'hard' ? -1 : shift
  }

  /** The holder goes `to` where the skill is missing, the other adult from their `place` to where the holder was. */
  #try(holder: number, other: number, at: { from: number; to: number; place: number }): boolean {
    const { from, to, place } = at
    const shifts = [...new Set([from, to, ...(place < 0 ? [] : [place])])]
    const before = this.#worth(shifts)
    const steps: Step[] = []
    const move = (person: number, old: number, next: number) => {
      if (old >= 0) this.#book.remove(person, old)
      const fits = this.#book.fits(person, next)
      this.#book.place(person, next)
      steps.push({ person, from: old, to: next })
      return fits
    }
    const fit = [move(holder, from, to), move(other, place, from)].every(Boolean)
    const after = this.#worth(shifts)
    const better = after.skill < before.skill && after.minimum <= before.minimum
    if (fit && better && after.allowed) return true
    for (const step of steps.reverse()) {
      this.#book.remove(step.person, step.to)
      if (step.from >= 0) this.#book.place(step.person, step.from)
    }
    return false
  }

  #worth(shifts: readonly number[]): { minimum: number; skill: number; allowed: boolean } {
    const { instance, peopleOn } = this.#book
    let minimum = 0
    let skill = 0
    let allowed = true
    for (const shift of shifts) {
      const count = peopleOn[shift]!.length
      minimum += Math.max(0, instance.min[shift]! - count)
      skill += this.#book.missingInAll(shift)
      allowed &&= count <= instance.limit[shift]! && this.#hasEscorts(shift)
    }
    return { minimum, skill, allowed }
  }

  #hasEscorts(shift: number): boolean {
    const { instance, peopleOn } = this.#book
    const teams = new Set(peopleOn[shift]!.flatMap((p) => (instance.minor[p] ? [instance.team[p]!] : [])))
    return [...teams].every((team) => {
      const { minors, adults } = this.#book.presence(team, shift)
      return minors <= instance.problem.K * adults
    })
  }
}
