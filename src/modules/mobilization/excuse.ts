import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { isClosed, shiftFacts } from './facts.ts'
import { freePlace } from './places.ts'
import { assignmentRow } from './remove-assignment.ts'
import { refusalOf } from './rules.ts'
import { assignments } from './schema.ts'

export interface GivenExcuse {
  assignmentId: string
  /** The leader, or the volunteer through the link of this participation. */
  by: Actor | { link: string }
  at: DateTime
}

/**
 * Excuses a person who cannot come; the place is free at once. Idempotent.
 * @throws DomainError `assignment.missing`, `assignment.cancelled`, `assignment.declined`, `shift.closed`
 */
export async function excuse(tx: Writer, { assignmentId, by, at }: GivenExcuse): Promise<void> {
  const assignment = await assignmentRow(tx, assignmentId)
  if (assignment.cancelledAt) {
    throw new DomainError('conflict', 'assignment.cancelled', 'The assignment was cancelled.')
  }
  if (assignment.answer === 'declined') {
    throw new DomainError('conflict', 'assignment.declined', 'They declined; there is nothing to excuse.')
  }
  if (assignment.excusedAt) return
  if (isClosed(await shiftFacts(tx, assignment.shiftId), at)) throw refusalOf('closed')
  if (assignment.freedAt === null) await freePlace(tx, assignment)
  await tx
    .update(assignments)
    .set({ excusedAt: at, freedAt: assignment.freedAt ?? at, allotmentId: null })
    .where(eq(assignments.id, assignmentId))
  await record(tx, { action: 'assignment.excused', subject: `assignment:${assignmentId}`, by, at })
}
