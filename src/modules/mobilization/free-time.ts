import { and, eq, gt, inArray, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { DateTime } from 'luxon'
import type { ShiftPeople } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { recordsOf } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import { inChunks, prepared, type Reader } from '#platform/database/port.ts'
import { overlaps } from '#platform/time.ts'
import { assignments } from './schema.ts'
import type { Ineligibility } from './words.ts'

/** Why a person has no time: their own other place, or one of another record of the same human. */
export type Busy = Extract<Ineligibility, 'overlaps' | 'arranged_elsewhere'>

/** Permit: proves that a person has time for a shift. `takePlace` demands one; only this file makes it. */
class TimeForShift {
  readonly #shiftId: string

  constructor(shiftId: string) {
    this.#shiftId = shiftId
  }

  /** @throws Error when the permit is for another shift: a bug in the code, not in the request */
  assertFor(shiftId: string): void {
    if (this.#shiftId !== shiftId) throw new Error('the permit is for another shift')
  }
}
export type FreeTime = TimeForShift

/**
 * The one check that nobody is in two places at once, in any event and through any of their records. Must run in the
 * transaction that takes the place: under SERIALIZABLE, this read is what makes overlapping places impossible. (A whole
 * proposal is checked by `admit`, by the same rule.)
 */
export async function timeFor(
  db: Reader,
  personId: string,
  shift: { id: string; startsAt: DateTime; endsAt: DateTime },
): Promise<{ free: FreeTime } | { free?: never; busy: Busy }> {
  const found = await prepared(db, 'mobilization.timeFor', (on) =>
    on
      .select({ personId: assignments.personId })
      .from(assignments)
      .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
      .where(
        and(
          inArray(assignments.personId, recordsOf(on, sql.placeholder('personId'))),
          isNull(assignments.freedAt),
          // Follows from `freedAt`; it lets both engines use the index by person.
          isNull(assignments.cancelledAt),
          or(
            ne(assignments.shiftId, sql.placeholder('shiftId')),
            ne(assignments.personId, sql.placeholder('personId')),
          ),
          lt(shifts.startsAt, sql.param(sql.placeholder('endsAt'), shifts.startsAt)),
          gt(shifts.endsAt, sql.param(sql.placeholder('startsAt'), shifts.endsAt)),
        ),
      )
      .prepare('mobilization_time_for'),
  ).execute({ personId, shiftId: shift.id, startsAt: shift.startsAt, endsAt: shift.endsAt })
  if (found.length === 0) return { free: new TimeForShift(shift.id) }
  return { busy: found.some((place) => place.personId === personId) ? 'overlaps' : 'arranged_elsewhere' }
}

/** The permit for a shift that is over: its places are history, and that may overlap. */
export function historyOf(shift: { id: string; endsAt: DateTime }, at: DateTime): FreeTime | undefined {
  return shift.endsAt <= at ? new TimeForShift(shift.id) : undefined
}

const others = alias(persons, 'others')
const elsewhere = alias(assignments, 'elsewhere')

type Period = { startsAt: DateTime; endsAt: DateTime }

/** Who of these shifts would be in two places once all of them are moved: see `ShiftPeople`. */
export const wouldOverlap: ShiftPeople['wouldOverlap'] = async (db, moved) => {
  const found: Awaited<ReturnType<ShiftPeople['wouldOverlap']>> = []
  await inChunks([...moved.keys()], 200, async (some) => {
    const own = await placesThen(db, some, moved, eq(others.id, persons.id))
    const linked = await placesThen(db, some, moved, eq(others.humanId, persons.humanId))
    const told = linked.filter(({ recordId, personId }) => recordId !== personId)
    found.push(
      ...own.map(({ movedId, personId, shiftId }) => ({ movedId, personId, shiftId })),
      ...told.map(({ movedId, personId }) => ({ movedId, personId, shiftId: null })),
    )
  })
  return found
}

/**
 * The places, in the new periods, of the people on these shifts, under the records that `sameHuman` joins. A place on a
 * shift that moves as well is compared as it will be.
 */
async function placesThen(
  db: Reader,
  shiftIds: readonly string[],
  moved: ReadonlyMap<string, Period>,
  sameHuman: SQL,
) {
  const periods = shiftIds.map((id) => moved.get(id)!)
  const from = DateTime.min(...periods.map(({ startsAt }) => startsAt))!
  const until = DateTime.max(...periods.map(({ endsAt }) => endsAt))!
  const rows = await db
    .select({
      movedId: assignments.shiftId,
      personId: assignments.personId,
      recordId: elsewhere.personId,
      shiftId: elsewhere.shiftId,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
    })
    .from(assignments)
    .innerJoin(persons, eq(persons.id, assignments.personId))
    .innerJoin(others, sameHuman)
    .innerJoin(
      elsewhere,
      and(
        eq(elsewhere.personId, others.id),
        ne(elsewhere.shiftId, assignments.shiftId),
        isNull(elsewhere.freedAt),
        // Follows from `freedAt`; it lets both engines use the index by person.
        isNull(elsewhere.cancelledAt),
      ),
    )
    .innerJoin(shifts, eq(shifts.id, elsewhere.shiftId))
    .where(
      and(
        inArray(assignments.shiftId, [...shiftIds]),
        isNull(assignments.freedAt),
        // Of many, also those that move into the time are compared: all places of their people are few.
        moved.size === 1 ? and(lt(shifts.startsAt, until), gt(shifts.endsAt, from)) : undefined,
      ),
    )
    .orderBy(assignments.personId, elsewhere.shiftId)
  return rows.filter((row) => overlaps(moved.get(row.shiftId) ?? row, moved.get(row.movedId)!))
}
