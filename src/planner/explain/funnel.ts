import type { Funnel } from '../format/proposal.ts'
import { refusalOf } from '../instance/eligibility.ts'
import type { Instance } from '../instance/instance.ts'
import { servingApart } from '../instance/own-escorts.ts'
import type { RosterBook } from '../instance/roster-book.ts'
import type { IdlePeople } from './idle.ts'

export type FullFunnel = Required<Funnel>

const empty: FullFunnel = {
  all: 0,
  unavailable: 0,
  barred: 0,
  minors: 0,
  unskilled: 0,
  committed: 0,
  limit: 0,
  unescorted: 0,
  escortsAway: 0,
  here: 0,
  elsewhere: 0,
  whole: 0,
  free: 0,
}

/**
 * Passes all people through a sequence of filters; each person is counted at the first filter that excludes them.
 * Shifts with the same window, suitability for minors and skill share the counts of people who are not tied to a
 * place.
 */
export class Funnels {
  readonly #book: RosterBook
  readonly #idle: IdlePeople
  readonly #known = new Map<string, FullFunnel>()
  readonly #tied: number[]
  readonly #oneEach: boolean
  readonly #apart: Int32Array

  constructor(book: RosterBook, idle: IdlePeople) {
    this.#book = book
    this.#idle = idle
    this.#apart = servingApart(book)
    const { instance } = book
    this.#oneEach = hasOneShiftEach(instance)
    // Whether a person with several shifts has time for another one depends on travel between the zones.
    this.#tied = this.#oneEach
      ? [...instance.commitmentsOf.keys()]
      : Array.from({ length: instance.people }, (_, person) => person).filter(
          (person) => instance.commitmentsOf.has(person) || book.serves(person),
        )
  }

  /** How many people are checked again for each shift. */
  get costOfOne(): number {
    return this.#tied.length
  }

  of(shift: number, skill: number | undefined): FullFunnel {
    const { instance, peopleOn } = this.#book
    const funnel = { ...this.#base(shift, skill) }
    for (const person of this.#tied) this.#sift(funnel, person, shift, skill)
    // People on this shift were counted as elsewhere or at their limit, by the last filters.
    for (const person of peopleOn[shift]!) {
      if (skill !== undefined && !holds(instance, person, skill)) continue
      if (this.#oneEach) funnel.elsewhere--
      funnel.here++
    }
    this.#letGoWith(funnel, shift, skill)
    return funnel
  }

  #base(shift: number, skill: number | undefined): FullFunnel {
    const { instance } = this.#book
    const key = `${instance.window[shift]},${instance.minorsOk[instance.zone[shift]!]},${skill ?? -1}`
    let base = this.#known.get(key)
    if (base) return base
    base = { ...empty }
    const tied = new Uint8Array(instance.people)
    for (const person of this.#tied) tied[person] = 1
    for (let person = 0; person < instance.people; person++)
      if (!tied[person]) this.#sift(base, person, shift, skill)
    this.#known.set(key, base)
    return base
  }

  #sift(funnel: FullFunnel, person: number, shift: number, skill: number | undefined): void {
    funnel.all++
    const sieve = this.#sieveOf(person, shift, skill)
    if (sieve) funnel[sieve]++
  }

  #sieveOf(
    person: number,
    shift: number,
    skill: number | undefined,
  ): Exclude<keyof Funnel, 'all' | 'here'> | null {
    const { instance } = this.#book
    if (instance.from[person]! > instance.start[shift]! || instance.end[shift]! > instance.to[person]!)
      return 'unavailable'
    if (instance.barred[person]) return 'barred'
    if (instance.minor[person] && !instance.minorsOk[instance.zone[shift]!]) return 'minors'
    if (skill !== undefined && !holds(instance, person, skill)) return 'unskilled'
    const serving = this.#book.servingOf(person)
    if (this.#oneEach) {
      if (refusalOf(instance, person, shift) === 'committed')
        return serving.includes(shift) ? 'elsewhere' : 'committed'
      if (serving.length > 0) return 'elsewhere'
    } else {
      if (serving.includes(shift)) return null
      const refusal = refusalOf(instance, person, shift, serving)
      if (refusal === 'committed') return 'committed'
      if (refusal === 'enough' || refusal === 'hours') return 'limit'
      if (refusal) return 'elsewhere'
    }
    if (instance.problem.teams[instance.team[person]!]!.whole) return 'whole'
    if (!instance.minor[person]) return 'free'
    const { adults } = this.#idle.during(instance.window[shift]!)
    return adults[instance.team[person]!]! > 0 ? 'free' : this.#stays(instance.team[person]!)
  }

  /** What keeps minors whom no idle adult can escort. */
  #stays(team: number): 'escortsAway' | 'unescorted' {
    return this.#apart[team]! > 0 ? 'escortsAway' : 'unescorted'
  }

  /** Minors who can go with an adult already on the shift count as free. */
  #letGoWith(funnel: FullFunnel, shift: number, skill: number | undefined): void {
    const { instance, peopleOn } = this.#book
    if (funnel.unescorted + funnel.escortsAway === 0 || skill !== undefined) return
    const { minors, adults } = this.#idle.during(instance.window[shift]!)
    for (const team of new Set(peopleOn[shift]!.map((person) => instance.team[person]!))) {
      if (adults[team]! > 0 || minors[team] === 0 || instance.problem.teams[team]!.whole) continue
      const present = this.#book.presence(team, shift)
      const more = Math.min(minors[team]!, instance.problem.K * present.adults - present.minors)
      if (more <= 0) continue
      funnel[this.#stays(team)] -= more
      funnel.free += more
    }
  }
}

/** Whether the person has the skill. */
export function holds(instance: Instance, person: number, skill: number): boolean {
  return ((instance.skills[person]! >> skill) & 1) === 1
}

/** Whether one person can have at most one shift in any plan. */
export function hasOneShiftEach(instance: Instance): boolean {
  if (instance.shiftsPerPerson > 1) return false
  const days = new Set(instance.windows.map(({ start }) => Math.floor(start / 1440)))
  return days.size <= 1
}
