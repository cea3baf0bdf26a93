import { and, eq, gt, inArray, isNull, lt, ne, sql } from 'drizzle-orm'
import type { ShiftPeople } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { alias } from '#platform/database/kit.ts'
import { allotments, assignments } from './schema.ts'

/** What a shift has to know of its people before it is changed: plugged into `events` by `app.ts`. */
export const shiftPeople: ShiftPeople = {
  async on(db, shiftIds) {
    if (shiftIds.length === 0) return { people: 0, minors: 0, heads: 0, history: false }
    const live = sql`${assignments.freedAt} is null`
    const [counted] = await db
      .select({
        people: sql<number>`coalesce(sum(case when ${live} then 1 else 0 end), 0)`.mapWith(Number),
        minors:
          sql<number>`coalesce(sum(case when ${live} and ${assignments.minor} then 1 else 0 end), 0)`.mapWith(
            Number,
          ),
        ever: sql<number>`count(*)`.mapWith(Number),
      })
      .from(assignments)
      .where(inArray(assignments.shiftId, [...shiftIds]))
    const [allotted] = await db
      .select({
        heads: sql<number>`coalesce(sum(${allotments.heads}), 0)`.mapWith(Number),
        minors: sql<number>`coalesce(sum(${allotments.minors}), 0)`.mapWith(Number),
      })
      .from(allotments)
      .where(inArray(allotments.shiftId, [...shiftIds]))
    const { people = 0, minors = 0, ever = 0 } = counted ?? {}
    const heads = allotted?.heads ?? 0
    return { people, minors: minors + (allotted?.minors ?? 0), heads, history: ever > 0 || heads > 0 }
  },

  async wouldOverlap(db, shiftId, { startsAt, endsAt }) {
    const elsewhere = alias(assignments, 'elsewhere')
    return db
      .select({ personId: elsewhere.personId, shiftId: elsewhere.shiftId })
      .from(assignments)
      .innerJoin(
        elsewhere,
        and(
          eq(elsewhere.personId, assignments.personId),
          ne(elsewhere.shiftId, assignments.shiftId),
          isNull(elsewhere.freedAt),
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
      .orderBy(elsewhere.personId, elsewhere.shiftId)
  },
}
