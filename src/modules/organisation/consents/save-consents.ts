import { and, inArray, isNotNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import { insertAll } from '#platform/database/insert-all.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { guardianConsents } from '../schema.ts'
import { sealGuardian } from '../sealed.ts'
import type { ConsentWord } from '../words.ts'
import { endOfSchoolYear } from './consent-rules.ts'
import { enqueueRefused } from './record-consent.ts'

/** A guardian's statement in a row of a list. */
export interface ListedConsent {
  personId: string
  guardianName: string
  says: ConsentWord
  scope: string
  /** The event the list names, if any. */
  eventId?: string | null
}

/**
 * Records guardians' statements from a list. A yes is valid for the school year, a no until the guardian makes a new
 * statement. People whose guardian says no are removed from shifts. Returns the ids in the order of the input.
 */
export async function saveConsents(
  tx: Writer,
  keys: KeyRing,
  consents: readonly ListedConsent[],
  { by, at }: { by: string; at: DateTime },
): Promise<string[]> {
  const rows = consents.map(({ eventId = null, guardianName, ...consent }) => {
    const id = newId()
    return {
      id,
      ...consent,
      guardianName: sealGuardian(keys, id, guardianName),
      eventId,
      validUntil: consent.says === 'yes' && eventId === null ? endOfSchoolYear(at) : null,
      givenAt: at,
      via: 'list' as const,
      recordedBy: by,
      createdAt: at,
    }
  })
  await insertAll(tx, guardianConsents, rows)
  const refused = rows.filter(({ says }) => says === 'no')
  await enqueueRefused(
    tx,
    refused.map(({ personId }) => personId),
  )
  return rows.map(({ id }) => id)
}

/** @throws DomainError conflict `changes.edited_since` if one of these consents was withdrawn */
export async function assertConsentsStand(db: Reader, ids: readonly string[]): Promise<void> {
  await inChunks(ids, 500, async (some) => {
    const withdrawn = await db
      .select({ id: guardianConsents.id })
      .from(guardianConsents)
      .where(and(inArray(guardianConsents.id, some), isNotNull(guardianConsents.withdrawnAt)))
    if (withdrawn.length > 0) {
      throw new DomainError('conflict', 'changes.edited_since', 'Some of these rows were edited since.', {
        rows: 'guardianConsents',
        edited: withdrawn.length,
      })
    }
  })
}

/** Undoes `saveConsents`. @throws DomainError conflict `changes.edited_since` if one was withdrawn later */
export async function removeConsents(tx: Writer, ids: readonly string[]): Promise<void> {
  await assertConsentsStand(tx, ids)
  await inChunks(ids, 500, (some) => tx.delete(guardianConsents).where(inArray(guardianConsents.id, some)))
}
