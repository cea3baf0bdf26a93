import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { markForPeople } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { inviteSoon } from '../assign-person.ts'
import { childOf } from '../child-of.ts'
import { inviteesOf } from '../invitees.ts'
import { participationRow } from '../participations.ts'
import { participations } from '../schema.ts'
import type { RevokedBecause } from '../words.ts'
import { personalLink, personalLinkToken } from './personal-link.ts'

export interface LinkRevocation {
  participationId: string
  because: RevokedBecause
  at: DateTime
}

/**
 * Revokes a link after "不是本人": it is invalid at once, its generation is used up, and the contact is marked wrong for
 * this person alone. The job `participation.link_revoked` tells the leader. Idempotent.
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
  await revokeJoined(tx, participationId, because, at)
  const by = { link: participationId }
  const details = { because, generation: participation.linkGeneration }
  await record(tx, { action: 'link.revoked', subject: `participation:${participationId}`, by, at, details })
  if (because !== 'not_me' && because !== 'not_guardian') return
  await enqueue(tx, 'participation.link_revoked', { participationId })
  const [invitee] = await inviteesOf(tx, [participationId])
  const contactId = invitee?.contactId
  // Only for this person: other people may share the number and be reached by it.
  const personIds = [participation.personId]
  if (contactId) await markForPeople(tx, { contactId, personIds, marks: { invalid: true }, by, at })
}

/**
 * Gives the person a new link, for a leader or because a number was taken off them. All earlier links become invalid; the new one is sent to the current
 * contact.
 * @throws DomainError `participation.missing`
 */
export async function renewLink(
  tx: Writer,
  keys: KeyRing,
  request: { participationId: string; because: RevokedBecause; by: Actor | 'system'; at: DateTime },
): Promise<void> {
  const { participationId, because, by, at } = request
  const { linkGeneration, linkRevokedAt } = await participationRow(tx, participationId)
  // A revocation has already incremented the generation.
  const generation = linkRevokedAt ? linkGeneration : linkGeneration + 1
  const { hash } = personalLink(keys, participationId, generation)
  await tx
    .update(participations)
    .set({
      linkHash: hash,
      linkGeneration: generation,
      linkRevokedAt: null,
      linkRevokedBecause: null,
      linkRenewedByUserId: by === 'system' ? null : by.userId,
    })
    .where(eq(participations.id, participationId))
  await revokeJoined(tx, participationId, because, at)
  const details = { because, generation }
  await record(tx, { action: 'link.renewed', subject: `participation:${participationId}`, by, at, details })
  await inviteSoon(tx, participationId)
}

/** Revokes the links of participations that a merge joined into this one, because they open this one, too. */
async function revokeJoined(
  tx: Writer,
  participationId: string,
  because: RevokedBecause,
  at: DateTime,
): Promise<void> {
  const joined = await tx
    .update(participations)
    .set({ linkRevokedAt: at, linkRevokedBecause: because })
    .where(and(eq(participations.joinedIntoId, participationId), isNull(participations.linkRevokedAt)))
    .returning({ id: participations.id })
  for (const { id } of joined) await revokeJoined(tx, id, because, at)
}

/**
 * The token of a participation's current link, to write it into a message now. Undefined when there is no valid link.
 */
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
  return personalLinkToken(keys, { linkHash, participationId: id, generation: linkGeneration })
}

/**
 * Handles the button of a reader who says the link is not theirs: "不是本人", or "不是这位学生的家长" on a minor's link, which
 * revokes that child's link and marks nothing else. Idempotent.
 * @throws DomainError `participation.missing`
 */
export async function notMe(
  tx: Writer,
  { participationId, at }: { participationId: string; at: DateTime },
): Promise<void> {
  const child = await childOf(tx, participationId)
  await revokeLink(tx, { participationId, because: child ? 'not_guardian' : 'not_me', at })
}
