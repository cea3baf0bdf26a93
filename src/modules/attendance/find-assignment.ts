import { eq, sql } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { participationOfLink, personalLinkHashes } from '#modules/mobilization/index.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { prepared, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { brokenOffAt } from './rules.ts'

/** Why an assignment no longer takes place; the value is the error code of the refusal. */
export type Ended = 'event.cancelled' | 'shift.cancelled' | 'assignment.cancelled' | 'event.closed'

/** An assignment, with the columns that decide about its attendance. */
export interface FoundAssignment {
  id: string
  shiftId: string
  eventId: string
  startsAt: DateTime
  endsAt: DateTime
  /** The person's own check-in opens this many minutes before the start. */
  checkInOpensMin: number
  /** Null: the assignment still takes place. */
  ended: Ended | null
  birthYear: number | null
  /** Null: there is no link, or it is revoked. */
  liveLinkHash: string | null
}

// Hot path: only the columns a check-in needs. Three or four more cost as much as one more row lookup.
const ended = sql<Ended | null>`case
  when ${events.cancelledAt} < ${shifts.endsAt} then 'event.cancelled'
  when ${shifts.cancelledAt} is not null then 'shift.cancelled'
  when ${assignments.cancelledAt} is not null then 'assignment.cancelled'
  when ${events.closedAt} is not null then 'event.closed' end`

const liveLinkHash = sql<string | null>`case
  when ${participations.linkRevokedAt} is null then ${participations.linkHash} end`

const columns = {
  shiftId: assignments.shiftId,
  eventId: assignments.eventId,
  startsAt: shifts.startsAt,
  endsAt: shifts.endsAt,
  checkInOpensMin: events.checkInOpensMin,
  ended,
  birthYear: persons.birthYear,
  liveLinkHash,
}

function selectFrom(db: Pick<Reader, 'select'>) {
  return db
    .select(columns)
    .from(assignments)
    .innerJoin(participations, eq(participations.id, assignments.participationId))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoin(events, eq(events.id, assignments.eventId))
    .innerJoin(persons, eq(persons.id, assignments.personId))
}

/**
 * The assignment, if the personal link belongs to its person. One query reads both.
 * @throws DomainError missing `link.unknown`, gone `link.revoked`, missing `assignment.missing`
 */
export async function assignmentByLink(
  db: Reader,
  keys: KeyRing,
  { token, assignmentId }: { token: string; assignmentId: string },
): Promise<FoundAssignment> {
  const hashes = personalLinkHashes(keys, token)
  const [found] = await prepared(db, 'attendance_assignment', (on) =>
    selectFrom(on)
      .where(eq(assignments.id, sql.placeholder('id')))
      .prepare('attendance_assignment'),
  ).execute({ id: assignmentId })
  // The hash is compared in code: looking up the assignment by its primary key is faster than looking up the link by
  // its index.
  if (found?.liveLinkHash && hashes.includes(found.liveLinkHash)) return { id: assignmentId, ...found }
  // After a merge of participations the old link works for the participation that was kept.
  const participationId = await participationOfLink(db, keys, token)
  const [assignment] = await db
    .select({ participationId: assignments.participationId })
    .from(assignments)
    .where(eq(assignments.id, assignmentId))
  if (found && assignment?.participationId === participationId) return { id: assignmentId, ...found }
  throw assignmentMissing()
}

/**
 * The assignment, found by its id.
 * @throws DomainError missing `assignment.missing`
 */
export async function assignmentById(tx: Writer, id: string): Promise<FoundAssignment> {
  const [found] = await selectFrom(tx).where(eq(assignments.id, id))
  if (!found) throw assignmentMissing()
  return { id, ...found }
}

/** When the shift or its event was cancelled, for an assignment that ended with it; undefined: it did not end so. */
async function cancelledWith(db: Reader, { id, ended }: FoundAssignment): Promise<DateTime | undefined> {
  if (ended !== 'shift.cancelled' && ended !== 'event.cancelled') return undefined
  const [then] = await db
    .select({
      event: events.cancelledAt,
      shift: shifts.cancelledAt,
      own: assignments.cancelledAt,
      because: assignments.cancelReason,
    })
    .from(assignments)
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoin(events, eq(events.id, assignments.eventId))
    .where(eq(assignments.id, id))
  if (!then || (then.own && then.because !== 'shift_cancelled' && then.because !== 'event_cancelled'))
    return undefined
  const off = [then.event, then.shift].filter((moment) => moment !== null)
  return DateTime.min(...off) ?? undefined
}

/**
 * The assignment as it was at an earlier moment: what was tapped at the place before the shift or its event was cancelled
 * took place, though the phone hands it in afterwards.
 */
export async function asItWas(db: Reader, found: FoundAssignment, at: DateTime): Promise<FoundAssignment> {
  const cancelledAt = await cancelledWith(db, found)
  return cancelledAt && at < cancelledAt ? { ...found, ended: null } : found
}

/**
 * The assignment as it ended: of a shift that was cancelled after it had begun, with the cancellation as its end. Whoever was
 * there until then was there, and may be entered afterwards.
 */
export async function asItEnded(db: Reader, found: FoundAssignment): Promise<FoundAssignment> {
  const endsAt = brokenOffAt(found, [(await cancelledWith(db, found)) ?? null])
  return endsAt ? { ...found, ended: null, endsAt } : found
}

/**
 * The window in which minutes count for whoever leaves now. Of a shift that was cancelled while they were there and that
 * nobody closed until its end, it ends with the cancellation.
 */
export async function windowFor(
  db: Reader,
  found: FoundAssignment,
  leftAt: DateTime,
): Promise<Pick<FoundAssignment, 'startsAt' | 'endsAt'>> {
  if (leftAt < found.endsAt) return found
  return { startsAt: found.startsAt, endsAt: (await cancelledWith(db, found)) ?? found.endsAt }
}

function assignmentMissing(): DomainError {
  return new DomainError('missing', 'assignment.missing', 'There is no such assignment.')
}
