import { and, eq, isNull, notExists, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertOpen, assertShiftNotOver, outOfReach } from '#modules/events/index.ts'
import { assertTeamsWithin, currentPerson } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import { among } from '#platform/database/dialect.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { type AssignmentRow, liveAssignment } from './assign-person.ts'
import { shiftFacts } from './facts.ts'
import { placesSettleLater } from './notices/places-settle.ts'
import { settleAnswer } from './participations.ts'
import { freePlace } from './places.ts'
import { assignments, participations } from './schema.ts'

/**
 * Takes a person off a shift; the place is free at once. Before publication the assignment is deleted, because nobody
 * was told; after it the assignment is cancelled. A place that was declined stays as it is: the refusal is kept. Idempotent.
 * @throws DomainError `shift.missing`, `event.closed`, `event.cancelled`, `shift.over`, `team.missing` when out of reach
 */
export async function removeAssignment(
  tx: Writer,
  { shiftId, personId, by, at }: { shiftId: string; personId: string; by: Actor; at: DateTime },
): Promise<void> {
  const { event, shift } = await shiftFacts(tx, shiftId)
  const assignment = await liveAssignment(tx, shiftId, await currentPerson(tx, personId))
  if (!assignment) return
  await assertOwnTeam(tx, by, 'sign_ups.edit', assignment)
  assertOpen(event)
  assertShiftNotOver(event, shift, at)
  // Their place is free already, and taken off the list, the refusal would be forgotten by the next plan.
  if (assignment.answer === 'declined') return
  if (assignment.freedAt === null) await freePlace(tx, assignment)
  if (event.publishedAt) {
    await tx
      .update(assignments)
      .set({ cancelledAt: at, cancelReason: 'removed', freedAt: assignment.freedAt ?? at, allotmentId: null })
      .where(eq(assignments.id, assignment.id))
    await settleAnswer(tx, assignment.participationId)
    await placesSettleLater(tx, assignment.participationId, at)
  } else {
    await tx.delete(assignments).where(eq(assignments.id, assignment.id))
    await dropEmpty(tx, event.id)
  }
  const details = { shiftId, personId }
  await record(tx, { action: 'assignment.removed', subject: `assignment:${assignment.id}`, by, at, details })
}

/** The team must be within the leader's reach. @throws DomainError `team.missing`, `access.out_of_reach` */
export async function assertOwnTeam(
  db: Reader,
  by: Actor,
  permission: string,
  { teamId }: { teamId: string | null },
): Promise<void> {
  const reach = reachOf(by, permission)
  if (teamId) return assertTeamsWithin(db, reach, [teamId])
  if (!reach.everything) throw outOfReach()
}

/**
 * Deletes a draft's participations, all or only these, without an answer and without assignments. Participations joined by a merge stay.
 */
export async function dropEmpty(
  tx: Writer,
  eventId: string,
  participationIds?: readonly string[],
): Promise<void> {
  const any = tx
    .select({ one: sql`1` })
    .from(assignments)
    .where(eq(assignments.participationId, participations.id))
  const joined = alias(participations, 'joined')
  const standsFor = tx.select({ one: sql`1` }).from(joined).where(eq(joined.joinedIntoId, participations.id))
  await tx
    .delete(participations)
    .where(
      and(
        eq(participations.eventId, eventId),
        participationIds && among(participations.id, participationIds),
        isNull(participations.answer),
        isNull(participations.joinedIntoId),
        notExists(any),
        notExists(standsFor),
      ),
    )
}

/** The row of an assignment. @throws DomainError `assignment.missing` */
export async function assignmentRow(db: Reader, assignmentId: string): Promise<AssignmentRow> {
  const [found] = await db.select().from(assignments).where(eq(assignments.id, assignmentId))
  if (found) return found
  throw new DomainError('missing', 'assignment.missing', 'There is no such assignment.', { assignmentId })
}
