import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events } from '#modules/events/schema.ts'
import { currentPerson } from '#modules/organisation/index.ts'
import { personContacts } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { participations } from '../schema.ts'
import { linkToldAt } from './link-told.ts'
import { renewLink } from './revoke-link.ts'

/**
 * A number was taken off somebody: the links that went there end, and the person is asked again at the number they have now.
 * Whoever reads messages at the old number answers, consents and checks in for them no more. Of events to come and of today
 * alone: what is over is read by the link that everybody has. Idempotent.
 */
export async function renewGone(
  tx: Writer,
  keys: KeyRing,
  gone: { personId: string; contactId: string; at: DateTime },
): Promise<void> {
  const { contactId, at } = gone
  const personId = await currentPerson(tx, gone.personId)
  const has = and(eq(personContacts.personId, personId), eq(personContacts.contactId, contactId))
  if ((await tx.$count(personContacts, has)) > 0) return
  const found = await tx
    .select({
      id: participations.id,
      eventId: participations.eventId,
      generation: participations.linkGeneration,
    })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .where(
      and(
        eq(participations.personId, personId),
        isNotNull(participations.linkHash),
        isNull(participations.linkRevokedAt),
        isNull(participations.joinedIntoId),
        isNull(events.cancelledAt),
        gt(events.endsAt, at),
      ),
    )
  for (const { id, eventId, generation } of found) {
    const told = await linkToldAt(tx, { personId, eventId, generation })
    if (!told.has(contactId)) continue
    await renewLink(tx, keys, { participationId: id, because: 'renewed', by: 'system', at })
  }
}
