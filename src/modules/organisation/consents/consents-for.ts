import { inArray } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { guardianConsents } from '../schema.ts'
import { openGuardian } from '../sealed.ts'
import { type Consent, consentFor, type Occasion } from './consent-rules.ts'

/**
 * The decision of the guardians of these people about an event. Planning, placing, inviting and counting minors all use
 * this function. People without any statement are not in the result.
 */
export async function consentsFor(
  db: Reader,
  keys: KeyRing,
  personIds: readonly string[],
  occasion: Occasion,
): Promise<Map<string, Consent>> {
  const said = new Map<string, Consent>()
  await inChunks([...new Set(personIds)], 500, async (some) => {
    const rows = await db
      .select()
      .from(guardianConsents)
      .where(inArray(guardianConsents.personId, [...some]))
    for (const [personId, own] of Map.groupBy(rows, (row) => row.personId)) {
      // With a single statement there is nothing to tell apart, so the name is not decrypted.
      const named = own.map((row) => {
        return { ...row, guardianName: own.length === 1 ? '' : openGuardian(keys, row) }
      })
      said.set(personId, consentFor(named, occasion))
    }
  })
  return said
}
