import { eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { participations } from '../schema.ts'
import { revokeLink } from './revoke-link.ts'

/**
 * Forgets what this slice knows of people whose data is erased: their links open nothing more, and notes about them are
 * gone. Places and answers stay, without a name, because the figures of the day count them. Idempotent.
 */
export async function forgetPeople(
  tx: Writer,
  { personIds, at }: { personIds: readonly string[]; at: DateTime },
): Promise<void> {
  const found = await tx
    .select({ id: participations.id, linkHash: participations.linkHash })
    .from(participations)
    .where(inArray(participations.personId, [...personIds]))
  for (const { id, linkHash } of found) {
    await tx.update(participations).set({ note: null }).where(eq(participations.id, id))
    if (linkHash) await revokeLink(tx, { participationId: id, because: 'erased', at })
  }
}
