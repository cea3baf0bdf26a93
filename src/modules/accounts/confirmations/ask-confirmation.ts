import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { isPending } from '../officers.ts'
import type { Permit } from '../permits.ts'
import { officerConfirmations } from '../schema.ts'
import { openAskedPhone, sealAskedPhone } from '../sealed.ts'
import type { ConfirmationKind, RoleName } from '../words.ts'

export type Confirmation = typeof officerConfirmations.$inferSelect

/** Days until an undecided confirmation expires. */
const confirmationDays = 7

export interface AskConfirmation {
  kind: ConfirmationKind
  role?: RoleName
  /** The new number; null removes the number. */
  phone?: string | null
  by: Actor
  at: DateTime
}

/**
 * Requests a change of an officer's account, to be confirmed by another officer. The account's holder gets a message at
 * once. The same request repeated changes nothing while it waits; a request for another number replaces the waiting
 * one.
 */
export async function askConfirmation(
  tx: Writer,
  keys: KeyRing,
  { userId }: Permit<'manager' | 'maker' | 'taker'>,
  { kind, role, phone = null, by, at }: AskConfirmation,
): Promise<Confirmation> {
  const [known] = await tx
    .select()
    .from(officerConfirmations)
    .where(
      and(
        eq(officerConfirmations.userId, userId),
        eq(officerConfirmations.kind, kind),
        role === undefined ? isNull(officerConfirmations.role) : eq(officerConfirmations.role, role),
        isPending(at),
      ),
    )
  if (known && openAskedPhone(keys, known) === phone) return known
  if (known) await withdraw(tx, known, at)
  const id = newId()
  const row = {
    ...{ id, kind, userId, role: role ?? null, phone: sealAskedPhone(keys, id, phone) },
    ...{ requestedBy: by.userId, requestedAt: at, expiresAt: at.plus({ days: confirmationDays }) },
  }
  const [asked] = await tx.insert(officerConfirmations).values(row).returning()
  const details = { kind, ...(role ? { role } : {}), confirmation: id }
  await record(tx, { action: 'officer.change_asked', subject: `user:${userId}`, by, at, details })
  await enqueue(tx, 'accounts.officer_change_asked', { confirmationId: id })
  return asked as Confirmation
}

/** Ends a waiting confirmation; it can no longer be approved. */
async function withdraw(tx: Writer, { id }: Confirmation, at: DateTime): Promise<void> {
  await tx.update(officerConfirmations).set({ expiresAt: at }).where(eq(officerConfirmations.id, id))
}

/** @throws DomainError `confirmation.missing` */
export async function confirmationById(db: Reader, id: string): Promise<Confirmation> {
  const [row] = await db.select().from(officerConfirmations).where(eq(officerConfirmations.id, id))
  if (!row) throw new DomainError('missing', 'confirmation.missing', 'There is no such confirmation.')
  return row
}
