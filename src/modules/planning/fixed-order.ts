import type { Pool } from '#modules/mobilization/index.ts'

/** Sorts the input, so that the same data gives the same positions whatever the order of the rows. */
export function inFixedOrder(pool: Pool): Pool {
  const sortedBy = <T>(rows: T[], keyOf: (row: T) => string) =>
    rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  return {
    ...pool,
    teams: sortedBy(pool.teams, (team) => team.id),
    people: sortedBy(pool.people, (person) => person.personId),
    commitments: sortedBy(pool.commitments, (duty) => duty.personId + duty.shiftId),
    excused: sortedBy(pool.excused, (excuse) => excuse.personId + excuse.shiftId),
    placed: sortedBy(pool.placed, (place) => place.personId + place.shiftId),
    allotments: sortedBy(pool.allotments, (allotment) => allotment.allotmentId),
  }
}

/** Assigns positions 0, 1, 2 … to keys in the order in which they first occur. */
export class Positions {
  readonly names: string[] = []
  readonly #at = new Map<string, number>()

  of(name: string): number {
    const known = this.#at.get(name)
    if (known !== undefined) return known
    this.#at.set(name, this.names.length)
    return this.names.push(name) - 1
  }
}
