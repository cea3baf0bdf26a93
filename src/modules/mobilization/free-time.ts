import { and, eq, gt, inArray, isNull, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { ShiftPeople } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { recordsOf } from '#modules/organisation/index.ts'
import { persons } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import { prepared, type Reader } from '#platform/database/port.ts'
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

/** Who of a shift would be in two places if it were moved to this period: see `ShiftPeople`. */
export const wouldOverlap: ShiftPeople['wouldOverlap'] = async (db, shiftId, period) => {
  const own = await placesThen(db, shiftId, period, eq(others.id, persons.id))
  const linked = await placesThen(db, shiftId, period, eq(others.humanId, persons.humanId))
  const told = linked.filter(({ recordId, personId }) => recordId !== personId)
  return [
    ...own.map(({ personId, shiftId: otherId }) => ({ personId, shiftId: otherId })),
    ...told.map(({ personId }) => ({ personId, shiftId: null })),
  ]
}

/** The places, in a period, of the people on a shift, under the records that `sameHuman` joins. */
function placesThen(
  db: Reader,
  shiftId: string,
  { startsAt, endsAt }: { startsAt: DateTime; endsAt: DateTime },
  sameHuman: SQL,
) {
  return db
    .select({ personId: assignments.personId, recordId: elsewhere.personId, shiftId: elsewhere.shiftId })
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
        eq(assignments.shiftId, shiftId),
        isNull(assignments.freedAt),
        lt(shifts.startsAt, endsAt),
        gt(shifts.endsAt, startsAt),
      ),
    )
    .orderBy(assignments.personId, elsewhere.shiftId)
}
