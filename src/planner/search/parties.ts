import type { RosterBook } from '../instance/roster-book.ts'

/** The people of one team on one shift. */
export interface Party {
  people: number[]
  minors: number
}

/**
 * The people of each team on each shift, maintained beside the book, so that a lookup does not depend on the size of
 * the shift.
 */
export class Parties {
  readonly #instance: RosterBook['instance']
  readonly #onShift: Map<number, Party>[]

  constructor({ instance, peopleOn }: RosterBook) {
    this.#instance = instance
    this.#onShift = peopleOn.map(() => new Map())
    peopleOn.forEach((people, shift) => {
      for (const person of people) this.join(person, shift)
    })
  }

  /** The parties on a shift, by team. */
  on(shift: number): ReadonlyMap<number, Party> {
    return this.#onShift[shift]!
  }

  of(team: number, shift: number): Party | undefined {
    return this.#onShift[shift]!.get(team)
  }

  join(person: number, shift: number): void {
    const team = this.#instance.team[person]!
    const party = this.of(team, shift) ?? { people: [], minors: 0 }
    this.#onShift[shift]!.set(team, party)
    party.people.push(person)
    party.minors += this.#instance.minor[person]!
  }

  leave(person: number, shift: number): void {
    const team = this.#instance.team[person]!
    const party = this.of(team, shift)!
    party.people.splice(party.people.indexOf(person), 1)
    party.minors -= this.#instance.minor[person]!
    if (party.people.length === 0) this.#onShift[shift]!.delete(team)
  }
}
