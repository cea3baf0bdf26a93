import { and, eq, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { ActorThen } from '#modules/accounts/index.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { allotments } from '#modules/mobilization/schema.ts'
import { teamsWithin } from '#modules/organisation/index.ts'
import { teams } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { assertOpen } from './check-in.ts'
import { formerly } from './roll/former.ts'
import { judgeTap } from './roll/rules.ts'
import { readStamp, unstamped } from './roll/stamp.ts'
import { countedUntilMin } from './rules.ts'
import { groupCounts, shiftTotals } from './schema.ts'

export interface CountedGroup {
  allotmentId: string
  operationId: string
  present: number
  adults: number
  companions: number
  /** Counted without network: when, by the phone’s clock, and when the roll was loaded and the count was sent. */
  offline?: { stamp: string; at: DateTime; loadedAt: DateTime; sentAt: DateTime }
  by: Actor
  at: DateTime
}

export type GroupCountRow = typeof groupCounts.$inferSelect

/**
 * Records a head count for an allotment: how many came without a name, and how many companions came along. Counted
 * heads earn no hours. A new count supersedes the previous one, which is kept; one that was counted earlier and arrives
 * later supersedes nothing. Idempotent per allotment and operation id.
 * @throws DomainError `allotment.missing` (also out of reach), `shift.cancelled`, `event.cancelled`, `attendance.not_open`,
 *   `attendance.over`, `group_count.adults` (more adults than heads), `roll.stamp`, `group_count.handed_over` to whoever led the
 *   team until lately
 */
export async function countGroup(tx: Writer, keys: KeyRing, count: CountedGroup): Promise<GroupCountRow> {
  const { allotmentId, operationId, present, adults, companions, by } = count
  if (adults > present) {
    throw new DomainError('invalid', 'group_count.adults', 'There cannot be more adults than heads.', {
      present,
      adults,
    })
  }
  const shift = await shiftOf(tx, count)
  const then = await ledBefore(tx, count, shift)
  const ofAllotment = eq(groupCounts.allotmentId, allotmentId)
  const [known] = await tx
    .select()
    .from(groupCounts)
    .where(and(ofAllotment, eq(groupCounts.operationId, operationId)))
  if (known) return known
  const { at, proven } = countedAt(keys, shift, count)
  if (then && !(proven && (await leads(tx, then.at(at), shift.teamId)))) {
    throw new DomainError('conflict', 'group_count.handed_over', 'The team was handed over before.')
  }
  assertOn(shift, at)
  assertOpen({ ...shift, endsAt: shift.endsAt.plus({ minutes: countedUntilMin }) }, at)
  const [current] = await tx
    .select()
    .from(groupCounts)
    .where(and(ofAllotment, isNull(groupCounts.supersededAt)))
  const isLate = current !== undefined && current.countedAt > at
  if (current && !isLate)
    await tx.update(groupCounts).set({ supersededAt: at }).where(eq(groupCounts.id, current.id))
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
      supersededAt: isLate ? current.countedAt : null,
    })
    .returning()
  if (!isLate) await addDifference(tx, shift, count, current)
  return counted as GroupCountRow
}

/**
 * When it was counted: of a count without network the time of the tap, judged like those of a roll. Whoever sends it while
 * heads are counted is there now, so no time has to be verified; what cannot be verified later is over.
 */
function countedAt(
  keys: KeyRing,
  { id: shiftId, endsAt, timeZone: zone }: CountedShift,
  { offline, by, at: now }: CountedGroup,
): { at: DateTime; proven: boolean } {
  if (!offline) return { at: now, proven: false }
  const stampedAt = readStamp(keys, { shiftId, holder: by.userId }, offline.stamp)
  if (!stampedAt) throw unstamped()
  const judged = judgeTap({ ...offline, stampedAt }, { endsAt, now, zone })
  return judged.proven ? judged : { at: now, proven: false }
}

/**
 * Undefined for whoever leads the team; for somebody who did until lately, what they were then: what they counted without
 * network counts as theirs.
 * @throws DomainError `allotment.missing`
 */
async function ledBefore(
  tx: Writer,
  { by, at }: CountedGroup,
  { teamId }: CountedShift,
): Promise<ActorThen | undefined> {
  if (await leads(tx, by, teamId)) return undefined
  const then = await formerly(tx, by, at)
  if (!(await leads(tx, then.ever, teamId))) throw allotmentMissing()
  return then
}

async function leads(tx: Writer, by: Actor, teamId: string): Promise<boolean> {
  if (!may(by, 'attendance.record')) return false
  const found = await tx
    .select({ id: teams.id })
    .from(teams)
    .where(and(eq(teams.id, teamId), teamsWithin(tx, reachOf(by, 'attendance.record'))))
  return found.length > 0
}

const allotmentMissing = () => new DomainError('missing', 'allotment.missing', 'There is no such allotment.')

/** The shift of the allotment. */
async function shiftOf(tx: Writer, { allotmentId }: CountedGroup) {
  const [found] = await tx
    .select({
      id: shifts.id,
      eventId: shifts.eventId,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
      cancelledAt: shifts.cancelledAt,
      teamId: allotments.teamId,
      timeZone: events.timeZone,
      eventCancelledAt: events.cancelledAt,
    })
    .from(allotments)
    .innerJoin(shifts, eq(shifts.id, allotments.shiftId))
    .innerJoin(events, eq(events.id, shifts.eventId))
    .where(eq(allotments.id, allotmentId))
  if (!found) throw allotmentMissing()
  return found
}

/** Heads that were counted before it was cancelled were there. */
function assertOn({ cancelledAt, eventCancelledAt }: CountedShift, at: DateTime): void {
  if (cancelledAt && cancelledAt <= at)
    throw new DomainError('conflict', 'shift.cancelled', 'The shift is cancelled.')
  if (eventCancelledAt && eventCancelledAt <= at)
    throw new DomainError('conflict', 'event.cancelled', 'The event is cancelled.')
}

type CountedShift = Awaited<ReturnType<typeof shiftOf>>
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
