import type { PersonClass } from '../flow/classes.ts'
import type { Instance } from '../instance/instance.ts'
import type { RosterBook } from '../instance/roster-book.ts'

/** People without a place, by team and class; people with duties elsewhere are not included. */
export class Bench {
  readonly #instance: Instance
  readonly #book: RosterBook
  readonly #byTeam = new Map<number, PersonClass[]>()

  /** Classes whose people may be called only for a skill. */
  readonly #crew = new Set<PersonClass>()
  readonly #away: readonly PersonClass[]

  /** Only adults: minors are placed with their escorts. People in `away` are kept back until `recall`. */
  constructor(book: RosterBook, classes: readonly PersonClass[], away: ReadonlySet<number>) {
    this.#book = book
    this.#instance = book.instance
    const crew: PersonClass[] = []
    for (const c of classes) {
      if (c.personal || c.minor) continue
      const waiting = { ...c, people: c.people.filter((person) => !away.has(person)) }
      crew.push({ ...c, people: c.people.filter((person) => away.has(person)) })
      const list = this.#byTeam.get(c.team)
      if (list) list.push(waiting)
      else this.#byTeam.set(c.team, [waiting])
    }
    this.#away = crew.filter((c) => c.people.length > 0)
    this.refresh('windows')
  }

  /** Releases the people kept back, but only for their skills. */
  recall(): void {
    for (const c of this.#away) {
      this.#crew.add(c)
      this.#byTeam.get(c.team)!.push(c)
    }
  }

  teams(): number[] {
    return [...this.#byTeam.keys()]
  }

  /** Restores a state saved by `state`. */
  restore(state: Map<PersonClass, number[]>): void {
    for (const [c, people] of state) c.people = people
  }

  /** The people without a place in these teams, as a state for `restore`. */
  state(teams: readonly number[]): Map<PersonClass, number[]> {
    const lists = teams.flatMap((team) => this.#byTeam.get(team) ?? [])
    return new Map(lists.map((c) => [c, [...c.people]]))
  }

  /** How many people of the team could serve on the shift. */
  count(team: number, shift: number): number {
    const window = this.#instance.window[shift]!
    let count = 0
    for (const c of this.#byTeam.get(team) ?? [])
      if (c.windows.includes(window) && !this.#crew.has(c)) count += c.people.length
    return count
  }

  /**
   * Removes people placed since, and sets who is called first: people who can serve in few windows, or people without
   * skills.
   */
  refresh(first: 'windows' | 'skills'): void {
    for (const list of this.#byTeam.values()) {
      for (const c of list) c.people = c.people.filter((person) => !this.#book.serves(person))
      const few = (a: PersonClass, b: PersonClass) => a.windows.length - b.windows.length
      const plain = (a: PersonClass, b: PersonClass) => bits(a.skills) - bits(b.skills)
      list.sort(first === 'windows' ? (a, b) => few(a, b) || plain(a, b) : (a, b) => plain(a, b) || few(a, b))
    }
  }

  /** How many people of the team could serve on the shift and have the skill. */
  holders(team: number, shift: number, skill: number): number {
    const window = this.#instance.window[shift]!
    let count = 0
    for (const c of this.#byTeam.get(team) ?? [])
      if ((c.skills >> skill) & 1 && c.windows.includes(window)) count += c.people.length
    return count
  }

  /**
   * Places up to `count` people of the team on the shift, holders of `wanted` skills first.
   * @returns how many were placed
   */
  call(
    team: number,
    shift: number,
    count: number,
    wanted: readonly { skill: number; missing: number }[] = [],
  ): number {
    const window = this.#instance.window[shift]!
    const able = (this.#byTeam.get(team) ?? []).filter((c) => c.windows.includes(window))
    let left = Math.max(0, count)
    const take = (c: PersonClass, most: number) => {
      const came = c.people.splice(0, Math.min(most, left))
      for (const person of came) this.#book.place(person, shift)
      left -= came.length
      return came.length
    }
    for (const { skill, missing } of wanted) {
      let still = missing
      for (const c of able) if ((c.skills >> skill) & 1) still -= take(c, still)
    }
    for (const c of able) if (!this.#crew.has(c)) take(c, left)
    return Math.max(0, count) - left
  }
}

function bits(set: number): number {
  let count = 0
  for (let rest = set; rest !== 0; rest &= rest - 1) count++
  return count
}
