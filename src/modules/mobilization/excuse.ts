import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'

export interface GivenExcuse {
  assignmentId: string
  by: Actor | { volunteer: string }
  at: DateTime
}

/**
 * Somebody who had a place cannot come: excused, and the place is free at once. Idempotent.
 * @throws DomainError `assignment.missing`, `assignment.cancelled`
 */
export async function excuse(_tx: Writer, _given: GivenExcuse): Promise<void> {
  throw new Error('not yet')
}
