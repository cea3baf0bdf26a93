import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { assertNotMerged } from '../change-membership.ts'
import { guardianConsents } from '../schema.ts'
import { sealGuardian } from '../sealed.ts'
import type { ConsentWay, ConsentWord } from '../words.ts'
import { endOfSchoolYear } from './consent-rules.ts'

export type ConsentRow = typeof guardianConsents.$inferSelect

export interface ConsentInput {
  personId: string
  says: ConsentWord
  guardianName: string
  /** The number a statement by link came from. */
  contactId?: string | null
  givenAt: DateTime
  via: ConsentWay
  /** What the statement covers, in the words of the form. */
  scope: string
  /** The event the statement is about. Absent: all events until `validUntil`. */
  eventId?: string | null
  /**
   * The last day it is valid. Absent: a yes is valid until the end of the school year, a no until the guardian makes a
   * new statement.
   */
  validUntil?: string | null
}

/**
 * Records a guardian's statement. One that somebody enters for the guardian is told to them (the fact
 * `consent.entered`). A no also removes the child from shifts (the fact `consent.refused`). Does not check
 * reach.
 * @throws DomainError `consent.future`, `person.merged`
 */
export async function recordConsent(
  tx: Writer,
  keys: KeyRing,
  input: ConsentInput,
  { by, at }: { by: AuditActor; at: DateTime },
): Promise<ConsentRow> {
  if (input.givenAt > at)
    throw new DomainError('invalid', 'consent.future', 'Consent is recorded after it is given.')
  await assertNotMerged(tx, input.personId)
  const recordedBy = by !== 'system' && 'userId' in by ? by.userId : null
  const { eventId = null, contactId = null } = input
  const yearEnds = input.says === 'yes' && eventId === null ? endOfSchoolYear(input.givenAt) : null
  const id = newId()
  const row = {
    ...input,
    id,
    guardianName: sealGuardian(keys, id, input.guardianName),
    eventId,
    contactId,
    validUntil: input.validUntil ?? yearEnds,
    recordedBy,
    withdrawnAt: null,
    createdAt: at,
  }
  await tx.insert(guardianConsents).values(row)
  const { says, via, personId } = row
  const details = { consentId: row.id, says, via }
  const action = says === 'yes' ? 'consent.recorded' : 'consent.refused'
  await record(tx, { action, subject: `person:${personId}`, by, at, details })
  if (says === 'no') await enqueueRefused(tx, [personId])
  if (recordedBy !== null) await enqueue(tx, 'consent.entered', { consentId: id })
  return row
}

/**
 * Withdraws a consent for the guardian: from now on it counts as a no, and they are told (the fact `consent.entered`). The
 * row stays. Repeating changes nothing.
 * @throws DomainError `consent.missing`, `person.merged`, conflict `consent.refusal_stands`
 */
export async function withdrawConsent(
  tx: Writer,
  { personId, consentId, by, at }: { personId: string; consentId: string; by: AuditActor; at: DateTime },
): Promise<ConsentRow> {
  await assertNotMerged(tx, personId)
  const mine = and(eq(guardianConsents.id, consentId), eq(guardianConsents.personId, personId))
  const [known] = await tx.select().from(guardianConsents).where(mine)
  if (!known) throw new DomainError('missing', 'consent.missing', 'There is no such consent.', { consentId })
  if (known.says === 'no') {
    const message = 'A refusal is not withdrawn: what that guardian says later replaces it.'
    throw new DomainError('conflict', 'consent.refusal_stands', message)
  }
  if (known.withdrawnAt) return known
  await tx.update(guardianConsents).set({ withdrawnAt: at }).where(mine)
  const details = { consentId }
  await record(tx, { action: 'consent.withdrawn', subject: `person:${personId}`, by, at, details })
  await enqueueRefused(tx, [personId])
  await enqueue(tx, 'consent.entered', { consentId })
  return { ...known, withdrawnAt: at }
}

/** Enqueues the fact that guardians said no; the slices that place people remove these people. */
export async function enqueueRefused(tx: Writer, personIds: readonly string[]): Promise<void> {
  await inChunks([...new Set(personIds)], 100, (some) => enqueue(tx, 'consent.refused', { personIds: some }))
}

/** All statements about a person, in the order they were recorded. */
export async function consentsOf(db: Reader, personId: string): Promise<ConsentRow[]> {
  return db
    .select()
    .from(guardianConsents)
    .where(eq(guardianConsents.personId, personId))
    .orderBy(guardianConsents.id)
}
