import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { officerConfirmations, users } from '../schema.ts'
import { openPhone } from '../sealed.ts'
import type { ConfirmationKind } from '../words.ts'

export interface OfficerMessage {
  /** The person the account belongs to; null if it belongs to none. */
  personId: string | null
  /** The account's phone number. */
  phone: string
  kind: ConfirmationKind
  expiresAt: DateTime
}

/**
 * The content of the message to the holder of an officer's account for which a change was requested; undefined if the
 * account has no number.
 */
export async function openOfficerMessage(
  db: Reader,
  keys: KeyRing,
  confirmationId: string,
): Promise<OfficerMessage | undefined> {
  const [row] = await db
    .select({ confirmation: officerConfirmations, user: users })
    .from(officerConfirmations)
    .innerJoin(users, eq(users.id, officerConfirmations.userId))
    .where(eq(officerConfirmations.id, confirmationId))
  const phone = row && openPhone(keys, row.user)
  if (!phone) return undefined
  const { kind, expiresAt } = row.confirmation
  return { personId: row.user.personId, phone, kind, expiresAt }
}
