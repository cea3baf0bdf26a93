import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events } from '#modules/events/schema.ts'
import { raiseAttention } from '#platform/attention/index.ts'
import { record } from '#platform/audit/index.ts'
import { readCalendar } from '#platform/calendar/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { assignmentWithin } from '../call-roll.ts'
import { isReadByGuardian } from '../circumstances.ts'
import { asItEnded, assignmentByLink, type FoundAssignment } from '../find-assignment.ts'
import { lateEntries } from '../schema.ts'
import { attendanceOf } from '../statements.ts'
import type { LateOrigin } from '../words.ts'
import { lateFactsOf, stepWithSomebody } from './deciders.ts'
import { alarmAbove, climbOf, ladderOf, lateUntil } from './rules.ts'

export type LateEntry = typeof lateEntries.$inferSelect

/** A statement, made after the shift, that a person was present on one assignment. */
export interface LateStatement {
  reason: string
  /** Stated times of arrival and departure; default: the times of the shift. */
  arrivedAt?: DateTime
  leftAt?: DateTime
}

/**
 * 申请补录: the person asks, through their own link, to have their service recorded. Asking again while the entry is
 * undecided changes nothing.
 * @throws DomainError `link.unknown`, `link.revoked`, `assignment.missing`, `assignment.cancelled`,
 *   `shift.cancelled`, `event.cancelled`, `attendance.by_teacher`, `late_entry.not_yet`, `late_entry.over`,
 *   `late_entry.arrived`, `late_entry.refused`
 */
export async function askLateEntry(
  tx: Writer,
  keys: KeyRing,
  asked: LateStatement & { token: string; assignmentId: string; operationId: string; at: DateTime },
): Promise<LateEntry> {
  const found = await assignmentByLink(tx, keys, asked)
  if (await isReadByGuardian(tx, keys, found)) {
    throw new DomainError('conflict', 'attendance.by_teacher', 'The teacher of the class enters its pupils.')
  }
  return enter(tx, found, { ...asked, actId: asked.operationId, origin: 'own', byUserId: null })
}

/**
 * 补录 by a leader: the leader states after the shift that somebody was present. A second person decides.
 * @throws DomainError the codes of `askLateEntry`; `assignment.missing` also out of reach
 */
export async function enterLate(
  tx: Writer,
  asked: LateStatement & {
    assignmentId: string
    actId: string
    shiftId: string
    origin: Exclude<LateOrigin, 'own'>
    by: Actor
    at: DateTime
  },
): Promise<LateEntry> {
  const found = await assignmentWithin(tx, asked)
  if (found.shiftId !== asked.shiftId) {
    throw new DomainError('missing', 'assignment.missing', 'There is no such assignment on this shift.')
  }
  return enter(tx, found, { ...asked, byUserId: asked.by.userId })
}

interface Entered extends LateStatement {
  actId: string
  origin: LateOrigin
  byUserId: string | null
  at: DateTime
}

/**
 * Writes a late entry and notifies the first level of approvers. The caller has already checked the roll pass or the
 * reach.
 */
export async function enter(tx: Writer, place: FoundAssignment, entered: Entered): Promise<LateEntry> {
  const { actId, origin, byUserId, reason, at } = entered
  const found = await asItEnded(tx, place)
  const zone = await assertLate(tx, found, at)
  const pending = await pendingOf(tx, found.id)
  if (pending) return pending
  if ((await attendanceOf(tx, found.id))?.checkInAt) {
    throw new DomainError('conflict', 'late_entry.arrived', 'They are recorded as arrived already.')
  }
  if (origin === 'own') await assertNotRefused(tx, found.id)
  const within = (moment: DateTime | undefined, otherwise: DateTime) =>
    !moment || moment < found.startsAt || moment > found.endsAt ? otherwise : moment
  const facts = await lateFactsOf(tx, { actId, origin, askedByUserId: byUserId, assignmentId: found.id })
  const step = await stepWithSomebody(tx, facts, 0)
  const climbs = step === ladderOf(origin).length - 1 ? null : climbOf(await readCalendar(tx), at, zone)
  const [made] = await tx
    .insert(lateEntries)
    .values({
      id: newId(),
      assignmentId: found.id,
      shiftId: found.shiftId,
      eventId: found.eventId,
      actId,
      origin,
      askedByUserId: byUserId,
      askedAt: at,
      arrivedAt: within(entered.arrivedAt, found.startsAt),
      leftAt: within(entered.leftAt, found.endsAt),
      reason,
      step,
      climbsOn: climbs?.lastDay ?? null,
      climbsAt: climbs?.endsAt ?? null,
      climbProvisional: climbs?.provisional ?? false,
    })
    .onConflictDoNothing()
    .returning()
  if (!made) return (await pendingOf(tx, found.id)) as LateEntry
  const by = byUserId ? { userId: byUserId } : { link: found.id }
  await record(tx, {
    action: 'late_entry.asked',
    subject: `assignment:${found.id}`,
    by,
    at,
    details: { origin, actId },
  })
  await enqueue(tx, 'late_entry.asked', { lateEntryId: made.id, step })
  return made
}

/**
 * Asserts that a late entry is possible now.
 * @returns the time zone of the event
 */
async function assertLate(tx: Writer, found: FoundAssignment, at: DateTime): Promise<string> {
  const { ended, endsAt, eventId } = found
  if (ended && ended !== 'event.closed') throw new DomainError('conflict', ended, 'It did not take place.')
  if (at < endsAt) {
    throw new DomainError(
      'conflict',
      'late_entry.not_yet',
      'The shift is not over: check in, or call the roll.',
    )
  }
  const [event] = await tx.select({ timeZone: events.timeZone }).from(events).where(eq(events.id, eventId))
  const timeZone = event?.timeZone ?? 'utc'
  const until = lateUntil(await readCalendar(tx), { endsAt, timeZone }).endsAt
  if (at >= until) {
    throw new DomainError('conflict', 'late_entry.over', 'It can be asked for within ten working days.', {
      until: until.toISO(),
    })
  }
  return timeZone
}

async function pendingOf(tx: Writer, assignmentId: string): Promise<LateEntry | undefined> {
  const [pending] = await tx
    .select()
    .from(lateEntries)
    .where(and(eq(lateEntries.assignmentId, assignmentId), isNull(lateEntries.decidedAt)))
  return pending
}

/** After a refusal the person cannot ask again by their link; the leader can still enter it. */
async function assertNotRefused(tx: Writer, assignmentId: string): Promise<void> {
  const [refused] = await tx
    .select({ id: lateEntries.id })
    .from(lateEntries)
    .where(and(eq(lateEntries.assignmentId, assignmentId), eq(lateEntries.approved, false)))
  if (refused) throw new DomainError('conflict', 'late_entry.refused', 'This was asked for and refused.')
}

/**
 * Too many late entries by one user for one event are a common form of fraud, so they raise an
 * alarm.
 * @returns the number of entries, when it is above the limit
 */
export async function alarmOfMany(
  tx: Writer,
  { lateEntryId, userId, at }: { lateEntryId: string; userId: string; at: DateTime },
): Promise<number | undefined> {
  const [one] = await tx
    .select({ eventId: lateEntries.eventId })
    .from(lateEntries)
    .where(eq(lateEntries.id, lateEntryId))
  const eventId = one?.eventId as string
  const ofUser = and(eq(lateEntries.eventId, eventId), eq(lateEntries.askedByUserId, userId))
  const entries = await tx.$count(lateEntries, ofUser)
  if (entries <= alarmAbove) return undefined
  const subject = `event:${eventId}`
  const fact = { action: 'late_entry.many', subject, by: { userId }, at, details: { entries } }
  await raiseAttention(tx, [fact])
  return entries
}
