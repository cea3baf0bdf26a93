import { and, eq, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { prepared, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'

/** An assignment and what decides about its attendance. */
export interface FoundAssignment {
  id: string
  teamId: string | null
  shiftId: string
  eventId: string
  cancelledAt: DateTime | null
  shiftCancelledAt: DateTime | null
  startsAt: DateTime
  endsAt: DateTime
  eventCancelledAt: DateTime | null
  eventClosedAt: DateTime | null
  birthDate: string | null
  linkRevokedAt: DateTime | null
}

const columns = {
  id: assignments.id,
  teamId: assignments.teamId,
  shiftId: assignments.shiftId,
  eventId: assignments.eventId,
  cancelledAt: assignments.cancelledAt,
  shiftCancelledAt: shifts.cancelledAt,
  startsAt: shifts.startsAt,
  endsAt: shifts.endsAt,
  eventCancelledAt: events.cancelledAt,
  eventClosedAt: events.closedAt,
  birthDate: persons.birthDate,
  linkRevokedAt: participations.linkRevokedAt,
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
  for (const hash of hashes) {
    const [found] = await prepared(db, 'attendance_assignment_by_link', (on) =>
      selectFrom(on)
        .where(
          and(
            eq(assignments.id, sql.placeholder('id')),
            eq(participations.linkHash, sql.placeholder('hash')),
          ),
        )
        .prepare('attendance_assignment_by_link'),
    ).execute({ id: assignmentId, hash })
    if (found?.linkRevokedAt) throw linkRevoked()
    if (found) return found
  }
  throw await whyNot(db, hashes)
}

/** @throws DomainError missing `assignment.missing` */
export async function assignmentById(tx: Writer, id: string): Promise<FoundAssignment> {
  const [found] = await selectFrom(tx).where(eq(assignments.id, id))
  if (!found) throw assignmentMissing()
  return found
}

async function whyNot(db: Reader, hashes: string[]): Promise<DomainError> {
  for (const hash of hashes) {
    const [link] = await db
      .select({ revokedAt: participations.linkRevokedAt })
      .from(participations)
      .where(eq(participations.linkHash, hash))
    if (link) return link.revokedAt ? linkRevoked() : assignmentMissing()
  }
  return new DomainError('missing', 'link.unknown', 'This link is not known.')
}

export function linkRevoked(): DomainError {
  return new DomainError('gone', 'link.revoked', 'This link is no longer valid.')
}

function assignmentMissing(): DomainError {
  return new DomainError('missing', 'assignment.missing', 'There is no such assignment.')
}
