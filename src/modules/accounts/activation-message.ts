import { and, eq, gt, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { activationToken, activationUrl } from './activations.ts'
import { phoneOf } from './phones.ts'
import { activations, users } from './schema.ts'
import type { ActivationPurpose } from './words.ts'

export interface ActivationMessage {
  contactId: string
  purpose: ActivationPurpose
  name: string
  login: string
  /** The one-time link. Only ever in the message itself. */
  url: string
  expiresAt: DateTime
}

/** What to tell somebody about their one-time link; undefined once it is not good any more, or nobody can be reached. */
export async function openActivationMessage(
  db: Reader,
  keys: KeyRing,
  publicUrl: URL,
  activationId: string,
  at: DateTime,
): Promise<ActivationMessage | undefined> {
  const [row] = await db
    .select({ activation: activations, user: users })
    .from(activations)
    .innerJoin(users, eq(users.id, activations.userId))
    .where(
      and(
        eq(activations.id, activationId),
        isNull(activations.usedAt),
        isNull(activations.revokedAt),
        gt(activations.expiresAt, at),
        isNull(users.disabledAt),
      ),
    )
  const contactId = row && (await phoneOf(db, row.user.personId))
  if (!contactId) return undefined
  const { purpose, expiresAt } = row.activation
  const { name, login } = row.user
  return {
    contactId,
    purpose,
    name,
    login,
    url: activationUrl(publicUrl, activationToken(keys, row.activation)),
    expiresAt,
  }
}
