import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { guardianConsents } from './schema.ts'
import type { ConsentWay } from './words.ts'

export interface ConsentInput {
  personId: string
  guardianName: string
  givenAt: DateTime
  via: ConsentWay
  /** What it covers, in the words of the form. */
  scope: string
}

/**
 * Writes down that a guardian agreed. Does not look at reach.
 * @throws DomainError `consent.future`
 */
export async function recordConsent(
  tx: Writer,
  input: ConsentInput,
  { by, at }: { by: AuditActor; at: DateTime },
): Promise<typeof guardianConsents.$inferSelect> {
  if (input.givenAt > at)
    throw new DomainError('invalid', 'consent.future', 'Consent is recorded after it is given.')
  const recordedBy = by !== 'system' && 'userId' in by ? by.userId : null
  const row = { id: newId(), ...input, recordedBy, withdrawnAt: null, createdAt: at }
  await tx.insert(guardianConsents).values(row)
  const details = { consentId: row.id, via: input.via }
  await record(tx, { action: 'consent.recorded', subject: `person:${input.personId}`, by, at, details })
  return row
}

/** Ends a consent; it stays on record. Repeating changes nothing. @throws DomainError `consent.missing` */
export async function withdrawConsent(
  tx: Writer,
  { personId, consentId, by, at }: { personId: string; consentId: string; by: AuditActor; at: DateTime },
): Promise<typeof guardianConsents.$inferSelect> {
  const mine = and(eq(guardianConsents.id, consentId), eq(guardianConsents.personId, personId))
  const [known] = await tx.select().from(guardianConsents).where(mine)
  if (!known) throw new DomainError('missing', 'consent.missing', 'There is no such consent.', { consentId })
  if (known.withdrawnAt) return known
  await tx.update(guardianConsents).set({ withdrawnAt: at }).where(mine)
  await record(tx, {
    action: 'consent.withdrawn',
    subject: `person:${personId}`,
    by,
    at,
    details: { consentId },
  })
  return { ...known, withdrawnAt: at }
}

/** Whether a guardian has agreed, and not withdrawn it. */
export async function hasConsent(db: Reader, personId: string): Promise<boolean> {
  const live = and(eq(guardianConsents.personId, personId), isNull(guardianConsents.withdrawnAt))
  return (await db.$count(guardianConsents, live)) > 0
}

export async function consentsOf(db: Reader, personId: string) {
  return db
    .select()
    .from(guardianConsents)
    .where(eq(guardianConsents.personId, personId))
    .orderBy(guardianConsents.id)
}
