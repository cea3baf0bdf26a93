import { and, eq, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { shifts } from '#modules/events/schema.ts'
import { allotments } from '#modules/mobilization/schema.ts'
import { assertTeamsWithin } from '#modules/organisation/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { assertOpen } from './check-in.ts'
import { countedUntilMin } from './rules.ts'
import { groupCounts, shiftTotals } from './schema.ts'

export interface CountedGroup {
  allotmentId: string
  operationId: string
  present: number
  adults: number
  companions: number
  by: Actor
  at: DateTime
}

export type GroupCountRow = typeof groupCounts.$inferSelect

/**
 * Records a head count for an allotment: how many came without a name, and how many companions came along. Counted
 * heads earn no hours. A new count supersedes the previous one, which is kept. Idempotent per allotment and operation
 * id.
 * @throws DomainError `allotment.missing` (also out of reach), `shift.cancelled`, `attendance.not_open`,
 *   `attendance.over`, `group_count.adults` (more adults than heads)
 */
export async function countGroup(tx: Writer, count: CountedGroup): Promise<GroupCountRow> {
  const { allotmentId, operationId, present, adults, companions, by, at } = count
  if (adults > present) {
    throw new DomainError('invalid', 'group_count.adults', 'There cannot be more adults than heads.', {
      present,
      adults,
    })
  }
  const shift = await shiftOf(tx, count)
  const ofAllotment = eq(groupCounts.allotmentId, allotmentId)
  const [known] = await tx
    .select()
    .from(groupCounts)
    .where(and(ofAllotment, eq(groupCounts.operationId, operationId)))
  if (known) return known
  assertOpen({ ...shift, endsAt: shift.endsAt.plus({ minutes: countedUntilMin }) }, at)
  const [before] = await tx
    .update(groupCounts)
    .set({ supersededAt: at })
    .where(and(ofAllotment, isNull(groupCounts.supersededAt)))
    .returning()
  const [counted] = await tx
    .insert(groupCounts)
    .values({
      id: newId(),
      operationId,
      shiftId: shift.id,
      allotmentId,
      present,
      adults,
      companions,
      countedByUserId: by.userId,
      countedAt: at,
    })
    .returning()
  await addDifference(tx, shift, count, before)
  return counted as GroupCountRow
}

/** The shift of the allotment, if the actor leads its team. */
async function shiftOf(tx: Writer, { allotmentId, by }: CountedGroup) {
  const missing = new DomainError('missing', 'allotment.missing', 'There is no such allotment.')
  const [found] = await tx
    .select({
      id: shifts.id,
      eventId: shifts.eventId,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
      cancelledAt: shifts.cancelledAt,
      teamId: allotments.teamId,
    })
    .from(allotments)
    .innerJoin(shifts, eq(shifts.id, allotments.shiftId))
    .where(eq(allotments.id, allotmentId))
  if (!found) throw missing
  await assertTeamsWithin(tx, reachOf(by, 'attendance.record'), [found.teamId]).catch((error: unknown) => {
    throw error instanceof DomainError ? missing : error
  })
  if (found.cancelledAt) throw new DomainError('conflict', 'shift.cancelled', 'The shift is cancelled.')
  return found
}

type Heads = Pick<GroupCountRow, 'present' | 'adults' | 'companions'>

async function addDifference(
  tx: Writer,
  shift: { id: string; eventId: string },
  now: Heads,
  before?: Heads,
): Promise<void> {
  const counted = now.present - (before?.present ?? 0)
  const countedAdults = now.adults - (before?.adults ?? 0)
  const companions = now.companions - (before?.companions ?? 0)
  await tx
    .insert(shiftTotals)
    .values({ shiftId: shift.id, eventId: shift.eventId, counted, countedAdults, companions })
    .onConflictDoUpdate({
      target: shiftTotals.shiftId,
      set: {
        counted: sql`${shiftTotals.counted} + excluded.counted`,
        countedAdults: sql`${shiftTotals.countedAdults} + excluded.counted_adults`,
        companions: sql`${shiftTotals.companions} + excluded.companions`,
      },
    })
}
