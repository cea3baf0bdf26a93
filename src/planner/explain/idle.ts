import type { RosterBook } from '../instance/roster-book.ts'

/** People without a place who are available at one time, by team. */
export interface IdleCounts {
  readonly adults: Int32Array
  readonly minors: Int32Array
  /** Additional people who only lack consent. */
  readonly barredAdults: Int32Array
  readonly barredMinors: Int32Array
  /** The teams with at least one such person. */
  readonly teams: readonly number[]
}

/** People available from minute `start` for the requested duration. */
export interface FreeAt {
  start: number
  free: number
}

interface Stretch {
  from: number
  to: number
  count: number
}

/** Upper limit of different availability intervals; people with rarer ones are not counted. */
const stretchesMax = 200

/**
 * The people of a finished plan who serve nowhere. People with duties elsewhere that day are left out, because travel
 * decides whether they can come: so counts are never too high.
 */
export class IdlePeople {
  readonly #book: RosterBook
  readonly #byTeam: Map<number, number[]>
  readonly #counts = new Map<string, IdleCounts>()
  readonly #times = new Map<string, FreeAt[]>()

  constructor(book: RosterBook) {
    this.#book = book
    const { instance } = book
    const idle: number[] = []
    for (let person = 0; person < instance.people; person++)
      if (!book.serves(person) && !instance.commitmentsOf.has(person)) idle.push(person)
    this.#byTeam = Map.groupBy(idle, (person) => instance.team[person]!)
  }

  /** Idle people during one of the plan's windows; with a skill, only adults who have it. */
  during(window: number, skill = -1): IdleCounts {
    const key = `${window},${skill}`
    let counts = this.#counts.get(key)
    if (!counts) {
      counts = this.#count(window, skill)
      this.#counts.set(key, counts)
    }
    return counts
  }

  /** Start times of intervals of `minutes` in which adults are idle; only of these teams, if given. */
  startsFor(minutes: number, skill = -1, teams?: readonly number[]): FreeAt[] {
    if (teams) return this.#startsFor(minutes, skill, teams)
    const key = `${minutes},${skill}`
    let found = this.#times.get(key)
    if (!found) {
      found = this.#startsFor(minutes, skill, this.#byTeam.keys())
      this.#times.set(key, found)
    }
    return found
  }

  /** Adults, by team, who may be placed one by one and are idle in at least one of these windows. */
  adultsDuringAny(windows: Iterable<number>): Map<number, number> {
    const { instance } = this.#book
    const times = [...windows].map((window) => instance.windows[window]!)
    const counts = new Map<number, number>()
    for (const [team, people] of this.#byTeam) {
      if (instance.problem.teams[team]!.whole) continue
      const free = people.filter((person) => {
        if (instance.minor[person] || instance.barred[person]) return false
        return times.some(({ start, end }) => instance.from[person]! <= start && end <= instance.to[person]!)
      })
      if (free.length > 0) counts.set(team, free.length)
    }
    return counts
  }

  #count(window: number, skill: number): IdleCounts {
    const { instance } = this.#book
    const { start, end } = instance.windows[window]!
    const column = () => new Int32Array(instance.teams)
    const [adults, minors, barredAdults, barredMinors] = [column(), column(), column(), column()]
    const teams: number[] = []
    for (const [team, people] of this.#byTeam) {
      let counted = false
      for (const person of people) {
        if (instance.from[person]! > start || instance.to[person]! < end) continue
        const minor = instance.minor[person] === 1
        if (skill >= 0 && (minor || !((instance.skills[person]! >> skill) & 1))) continue
        if (instance.barred[person]) (minor ? barredMinors : barredAdults)[team]!++
        else if (minor) minors[team]!++
        else adults[team]!++
        counted = true
      }
      if (counted) teams.push(team)
    }
    return { adults, minors, barredAdults, barredMinors, teams }
  }

  #startsFor(minutes: number, skill: number, teams: Iterable<number>): FreeAt[] {
    const stretches = this.#stretches(minutes, skill, teams)
    const starts = new Set(stretches.flatMap(({ from, to }) => [from, to - minutes]))
    return [...starts]
      .map((start) => ({
        start,
        free: stretches.reduce(
          (sum, { from, to, count }) => (from <= start && start + minutes <= to ? sum + count : sum),
          0,
        ),
      }))
      .sort((a, b) => b.free - a.free || a.start - b.start)
  }

  #stretches(minutes: number, skill: number, teams: Iterable<number>): Stretch[] {
    const { instance } = this.#book
    const found = new Map<string, Stretch>()
    for (const team of teams) {
      // A team that must stay whole comes whole or not at all.
      if (instance.problem.teams[team]!.whole) continue
      for (const person of this.#byTeam.get(team) ?? []) {
        const from = instance.from[person]!
        const to = instance.to[person]!
        if (to - from < minutes || instance.minor[person] || instance.barred[person]) continue
        if (skill >= 0 && !((instance.skills[person]! >> skill) & 1)) continue
        const key = `${from}-${to}`
        const stretch = found.get(key)
        if (stretch) stretch.count++
        else found.set(key, { from, to, count: 1 })
      }
    }
    return [...found.values()].sort((a, b) => b.count - a.count).slice(0, stretchesMax)
  }
}
