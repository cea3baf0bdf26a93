import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertShiftNotOver, freeSeats } from '#modules/events/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { shiftFacts } from '../facts.ts'
import { allotmentOf } from '../places.ts'
import { allotments, assignments } from '../schema.ts'
import { assertMayAllot } from './set-allotment.ts'

/**
 * Removes an allotment. People named into its heads keep their places as seats of their own. Idempotent.
 * @throws DomainError `shift.missing`, `shift.over`, `access.out_of_reach`
 */
export async function removeAllotment(
  tx: Writer,
  { shiftId, teamId, by, at }: { shiftId: string; teamId: string; by: Actor; at: DateTime },
): Promise<void> {
  const facts = await shiftFacts(tx, shiftId)
  await assertMayAllot(tx, by, facts, teamId)
  const allotment = await allotmentOf(tx, shiftId, teamId)
  if (!allotment) return
  assertShiftNotOver(facts.event, facts.shift, at)
  await tx.update(assignments).set({ allotmentId: null }).where(eq(assignments.allotmentId, allotment.id))
  await freeSeats(tx, shiftId, allotment.heads - allotment.named)
  await tx.delete(allotments).where(eq(allotments.id, allotment.id))
  const details = { shiftId, teamId, heads: allotment.heads }
  await record(tx, { action: 'allotment.removed', subject: `allotment:${allotment.id}`, by, at, details })
}
