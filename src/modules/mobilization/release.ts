import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { freeSeats } from '#modules/events/index.ts'
import type { Database, Writer } from '#platform/database/port.ts'
import { type PlacesOf, placesOf } from './places-of.ts'
import { allotments, assignments } from './schema.ts'
import type { CancelReason } from './words.ts'

const perTransaction = 500

/**
 * Cancels every live assignment of a cancelled event, shift, or several shifts and frees its people, in chunks. Idempotent. Returns the
 * number.
 */
export async function releaseAll(
  db: Database,
  where: PlacesOf,
  { because, at }: { because: CancelReason; at: DateTime },
): Promise<number> {
  const these = placesOf(db.read, where)
  for (let released = 0; ; ) {
    const some = await db.transaction((tx) => releaseSome(tx, these, because, at))
    released += some
    if (some < perTransaction) return released
  }
}

async function releaseSome(tx: Writer, these: SQL, because: CancelReason, at: DateTime): Promise<number> {
  const some = await tx
    .select()
    .from(assignments)
    .where(and(these, isNull(assignments.cancelledAt)))
    .orderBy(asc(assignments.id))
    .limit(perTransaction)
  if (some.length === 0) return 0
  const held = some.filter(({ freedAt }) => freedAt === null)
  for (const [shiftId, own] of Map.groupBy(
    held.filter(({ allotmentId }) => !allotmentId),
    ({ shiftId }) => shiftId,
  )) {
    await freeSeats(tx, shiftId, own.length)
  }
  for (const [allotmentId, heads] of Map.groupBy(held, ({ allotmentId }) => allotmentId)) {
    if (allotmentId === null) continue
    const named = sql`${allotments.named} - ${heads.length}`
    await tx.update(allotments).set({ named }).where(eq(allotments.id, allotmentId))
  }
  const ids = some.map(({ id }) => id)
  await tx
    .update(assignments)
    .set({
      cancelledAt: at,
      cancelReason: because,
      allotmentId: null,
      freedAt: sql`coalesce(${assignments.freedAt}, ${sql.param(at, assignments.freedAt)})`,
    })
    .where(inArray(assignments.id, ids))
  return some.length
}
