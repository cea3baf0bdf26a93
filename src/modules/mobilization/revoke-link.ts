import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { markContact } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { inviteSoon } from './assign-person.ts'
import { inviteesOf } from './invitees.ts'
import { participationRow } from './participations.ts'
import { participations } from './schema.ts'
import type { RevokedBecause } from './words.ts'

export interface LinkRevocation {
  participationId: string
  because: RevokedBecause
  at: DateTime
}

/**
 * "不是本人": the link dies at once and its generation is over; the contact it went to is marked wrong, and the fact
 * `participation.link_revoked` tells the leader. Idempotent.
 * @throws DomainError `participation.missing`
 */
export async function revokeLink(
  tx: Writer,
  { participationId, because, at }: LinkRevocation,
): Promise<void> {
  const participation = await participationRow(tx, participationId)
  if (participation.linkRevokedAt) return
  await tx
    .update(participations)
    .set({
      linkRevokedAt: at,
      linkRevokedBecause: because,
      linkGeneration: participation.linkGeneration + 1,
    })
    .where(eq(participations.id, participationId))
  const by = { volunteer: participationId }
  const details = { because, generation: participation.linkGeneration }
  await record(tx, { action: 'link.revoked', subject: `participation:${participationId}`, by, at, details })
  if (because !== 'not_me') return
  const [invitee] = await inviteesOf(tx, [participationId])
  const contactId = invitee?.contactId
  if (contactId) await markContact(tx, { contactId, marks: { invalid: true }, by, at })
  await enqueue(tx, 'participation.link_revoked', { participationId })
}

/**
 * Gives the person a new link: every earlier one is dead from now on, and the new one is sent to the contact that
 * is known now. Only a leader asks for it.
 * @throws DomainError `participation.missing`
 */
export async function renewLink(
  tx: Writer,
  keys: KeyRing,
  request: { participationId: string; because: RevokedBecause; by: Actor; at: DateTime },
): Promise<void> {
  const { participationId, because, by, at } = request
  const { linkGeneration, linkRevokedAt } = await participationRow(tx, participationId)
  // A revocation has counted the generation up already.
  const generation = linkRevokedAt ? linkGeneration : linkGeneration + 1
  const { hash } = keys.personalLink(participationId, generation)
  await tx
    .update(participations)
    .set({ linkHash: hash, linkGeneration: generation, linkRevokedAt: null, linkRevokedBecause: null })
    .where(eq(participations.id, participationId))
  const details = { because, generation }
  await record(tx, { action: 'link.renewed', subject: `participation:${participationId}`, by, at, details })
  await inviteSoon(tx, participationId)
}

/** The token of a participation's present link, to be written into a message now. Undefined: it has none that works. */
export function linkTokenOf(
  keys: KeyRing,
  participation: {
    id: string
    linkHash: string | null
    linkGeneration: number
    linkRevokedAt: DateTime | null
  },
): string | undefined {
  const { id, linkHash, linkGeneration, linkRevokedAt } = participation
  if (linkRevokedAt || linkHash === null) return undefined
  return keys.personalLinkToken(linkHash, id, linkGeneration)
}
