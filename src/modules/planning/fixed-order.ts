import type { Pool } from '#modules/mobilization/index.ts'

/** The same data gives the same positions, whatever order the rows came in. */
export function inFixedOrder(pool: Pool): Pool {
  const by = <T>(rows: T[], keyOf: (row: T) => string) =>
    rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  return {
    ...pool,
    teams: by(pool.teams, (team) => team.id),
    people: by(pool.people, (person) => person.personId),
    commitments: by(pool.commitments, (duty) => duty.personId + duty.shiftId),
    placed: by(pool.placed, (place) => place.personId + place.shiftId),
    allotments: by(pool.allotments, (allotment) => allotment.allotmentId),
  }
}

/** Positions given out in the order in which things are first met. */
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
