import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import type { Permit } from '../permits.ts'
import { activations, users } from '../schema.ts'
import type { ActivationPurpose } from '../words.ts'
import { type Office, officeOf } from './office.ts'

/** 16 × 5 = 80 bits, beyond guessing, and short enough for a text message of one part. */
const characters = 16

/**
 * How many days a one-time link is valid: long enough for a liaison who is away, short enough that an old link does no
 * harm.
 */
export const activationDays: Record<ActivationPurpose, number> = { activation: 14, reset: 2 }

/** The token of a one-time link. It is derived from a key each time it is needed, and never stored. */
export function activationToken(keys: KeyRing, activation: { id: string; tokenHash?: string }): string {
  return keys.deriveToken('activation', activation.id, 0, characters, activation.tokenHash).token
}

/** The URL of a one-time link. It contains the secret token: never log it. */
export function activationUrl(publicUrl: URL, token: string): string {
  return new URL(`/a/${token}`, publicUrl).href
}

/** The row of a new one-time link, not yet written: for bulk inserts. */
export function newActivation(
  keys: KeyRing,
  { userId }: Permit<'opener' | 'confirmed' | 'maker' | 'command_line' | 'anew'>,
  { purpose, by, at }: { purpose: ActivationPurpose; by: string | null; at: DateTime },
) {
  const id = newId()
  const tokenHash = keys.deriveToken('activation', id, 0, characters).hash
  const expiresAt = at.plus({ days: activationDays[purpose] })
  return { id, userId, purpose, tokenHash, requestedBy: by, createdAt: at, expiresAt }
}

/** Revokes the unused links of these users. */
export async function revokeActivations(tx: Writer, userIds: readonly string[], at: DateTime): Promise<void> {
  await tx
    .update(activations)
    .set({ revokedAt: at })
    .where(
      and(
        inArray(activations.userId, [...userIds]),
        isNull(activations.usedAt),
        isNull(activations.revokedAt),
      ),
    )
}

/** Issues a one-time link; earlier links of the user stop working. */
export async function issueActivation(
  tx: Writer,
  keys: KeyRing,
  permit: Permit<'opener' | 'confirmed' | 'maker' | 'command_line' | 'anew'>,
  { by, at }: { by: { userId: string; address?: string } | 'system'; at: DateTime },
): Promise<typeof activations.$inferInsert> {
  const { userId } = permit
  const [user] = await tx.select().from(users).where(eq(users.id, userId))
  const purpose = user?.passwordHash ? 'reset' : 'activation'
  await revokeActivations(tx, [userId], at)
  const row = newActivation(keys, permit, { purpose, by: by === 'system' ? null : by.userId, at })
  await tx.insert(activations).values(row)
  await record(tx, { action: 'activation.issued', subject: `user:${userId}`, by, at, details: { purpose } })
  return row
}

export interface OpenActivation {
  id: string
  userId: string
  purpose: ActivationPurpose
  login: string
  name: string
  /** Said behind the link, because the text message has room for the link only. */
  office: Office | undefined
}

/**
 * The state of a link by its token. Read-only.
 * @throws DomainError `activation.missing`; gone `activation.used`, `activation.expired`, `activation.revoked`
 */
export async function openActivation(
  db: Reader,
  keys: KeyRing,
  token: string,
  at: DateTime,
): Promise<OpenActivation> {
  const hashes = keys.tokenHashes('activation', token, characters)
  const [found] =
    hashes.length === 0
      ? []
      : await db
          .select({
            activation: activations,
            login: users.login,
            name: users.name,
            disabledAt: users.disabledAt,
          })
          .from(activations)
          .innerJoin(users, eq(users.id, activations.userId))
          .where(inArray(activations.tokenHash, hashes))
  if (!found)
    throw new DomainError(
      'missing',
      'activation.missing',
      'This link is not known. Check that it is complete.',
    )
  const { activation, login, name, disabledAt } = found
  const gone = (why: string, message: string) => new DomainError('gone', `activation.${why}`, message)
  if (activation.usedAt) throw gone('used', 'This link was used already. Sign in, or ask for a new link.')
  if (activation.revokedAt || disabledAt) throw gone('revoked', 'This link was replaced or withdrawn.')
  if (activation.expiresAt <= at) throw gone('expired', 'This link is too old. Ask for a new one.')
  const { id, userId, purpose } = activation
  return { id, userId, purpose, login, name, office: await officeOf(db, userId) }
}

/** Marks a link as used. Of several concurrent calls, exactly one returns true. */
export async function useActivation(tx: Writer, id: string, at: DateTime): Promise<boolean> {
  const used = await tx
    .update(activations)
    .set({ usedAt: at })
    .where(and(eq(activations.id, id), isNull(activations.usedAt), isNull(activations.revokedAt)))
    .returning({ id: activations.id })
  return used.length > 0
}
