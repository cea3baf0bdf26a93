import { and, inArray } from 'drizzle-orm'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { districtHolds, unitsWithin } from './reach-conditions.ts'
import { units } from './schema.ts'

interface FromTo {
  from: string | null
  to: string | null
}

/** The old and the new parent of a team or a unit. Leave out what does not change. */
export interface Move {
  /** The unit a team belongs to, or the parent of a unit. Null: directly under the city. */
  unit?: FromTo
  /** The district a unit is in. Null: no district, so only the city office is responsible for it. */
  district?: FromTo
}

/**
 * Whether the user's reach covers both districts as a whole. A grant over a unit, even the top unit, does not cover the
 * district the unit is in.
 */
export function mayMoveDistrict(reach: Reach, { from, to }: FromTo): boolean {
  return holdsDistrict(reach, from) && holdsDistrict(reach, to)
}

function holdsDistrict(reach: Reach, code: string | null): boolean {
  if (reach.everything) return true
  return code !== null && reach.codes.some((granted) => districtHolds(granted, code))
}

/**
 * Checks many moves. Returns one error or undefined for each, in the order of `moves`. To move something, a user needs
 * a grant over its old parent and over its new parent. A grant over the moved thing itself is not enough: a team leader
 * must not take the team away from its unit. One statement for every 500 parents.
 */
export async function moveFaults(
  db: Reader,
  reach: Reach,
  moves: readonly Move[],
): Promise<(DomainError | undefined)[]> {
  const parents = await unitsAmong(
    db,
    reach,
    moves.flatMap(({ unit }) => (unit && unit.from !== unit.to ? [unit.from, unit.to] : [])),
  )
  const answersFor = (id: string | null) => (id === null ? reach.everything : parents.has(id))
  return moves.map(({ unit, district }) => {
    if (unit && unit.from !== unit.to) {
      if (unit.to !== null && !answersFor(unit.to)) {
        return new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId: unit.to })
      }
      if (!answersFor(unit.from) || !answersFor(unit.to)) return outOfReach('unit')
    }
    if (district && district.from !== district.to) {
      if (!mayMoveDistrict(reach, district)) return outOfReach('district')
    }
    return undefined
  })
}

/**
 * Every change of the parent of a team or a unit, or of a unit's district, is checked here before it is written.
 * @throws DomainError `unit.missing` when the new parent is out of reach; forbidden `access.out_of_reach` when the
 *   old parent, a district, or the city is
 */
export async function assertMoves(db: Reader, reach: Reach, moves: readonly Move[]): Promise<void> {
  const fault = (await moveFaults(db, reach, moves)).find((each) => each !== undefined)
  if (fault) throw fault
}

/**
 * Which of these units are covered by a grant over a unit or a district. A grant over a team does not cover the team's
 * unit.
 */
async function unitsAmong(
  db: Reader,
  reach: Reach,
  ids: readonly (string | null)[],
): Promise<ReadonlySet<string>> {
  const reached = new Set<string>()
  await inChunks([...new Set(ids.filter((id) => id !== null))], 500, async (some) => {
    const rows = await db
      .select({ id: units.id })
      .from(units)
      .where(and(inArray(units.id, some), unitsWithin(reach)))
    for (const { id } of rows) reached.add(id)
  })
  return reached
}

/** The error `access.out_of_reach` (forbidden): the new unit or district is not within the reach of the user. */
export function outOfReach(of: 'unit' | 'district'): DomainError {
  const message = 'Only somebody who answers for the old and for the new place can move this.'
  return new DomainError('forbidden', 'access.out_of_reach', message, { of })
}
