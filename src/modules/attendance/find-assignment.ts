import { eq, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { linkRevoked, linkUnknown } from '#modules/mobilization/index.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { prepared, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'

/** Why nobody can come to an assignment any more: the code of the refusal. */
export type Ended = 'event.cancelled' | 'shift.cancelled' | 'assignment.cancelled' | 'event.closed'

/** An assignment and what decides about its attendance. */
export interface FoundAssignment {
  id: string
  shiftId: string
  eventId: string
  startsAt: DateTime
  endsAt: DateTime
  /** Null: it can be come to. */
  ended: Ended | null
  birthDate: string | null
  /** Null: there is no link, or it is revoked. */
  liveLinkHash: string | null
}

// As few columns as decide it: three or four cost a check-in as much as looking up another row.
const ended = sql<Ended | null>`case
  when ${events.cancelledAt} is not null then 'event.cancelled'
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
  ended,
  birthDate: persons.birthDate,
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
 * The assignment, if the personal link is its person's: link and assignment in one read.
 * @throws DomainError missing `link.unknown`, gone `link.revoked`, missing `assignment.missing`
 */
export async function assignmentByLink(
  db: Reader,
  keys: KeyRing,
  { token, assignmentId }: { token: string; assignmentId: string },
): Promise<FoundAssignment> {
  const hashes = keys.personalLinkHashes(token)
  const [found] = await prepared(db, 'attendance_assignment', (on) =>
    selectFrom(on)
      .where(eq(assignments.id, sql.placeholder('id')))
      .prepare('attendance_assignment'),
  ).execute({ id: assignmentId })
  // Compared here: by its own key the assignment leads to the link faster than the link's index to the assignment.
  if (found?.liveLinkHash && hashes.includes(found.liveLinkHash)) return { id: assignmentId, ...found }
  throw await whyNot(db, hashes)
}

/** @throws DomainError missing `assignment.missing` */
export async function assignmentById(tx: Writer, id: string): Promise<FoundAssignment> {
  const [found] = await selectFrom(tx).where(eq(assignments.id, id))
  if (!found) throw assignmentMissing()
  return { id, ...found }
}

async function whyNot(db: Reader, hashes: string[]): Promise<DomainError> {
  for (const hash of hashes) {
    const [link] = await db
      .select({ revokedAt: participations.linkRevokedAt })
      .from(participations)
      .where(eq(participations.linkHash, hash))
    if (link) return link.revokedAt ? linkRevoked() : assignmentMissing()
  }
  return linkUnknown()
}

function assignmentMissing(): DomainError {
  return new DomainError('missing', 'assignment.missing', 'There is no such assignment.')
}
