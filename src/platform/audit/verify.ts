import { and, asc, gt, isNull } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/key-ring.ts'
import { sameText } from '#platform/crypto/random.ts'
import { pages } from '#platform/database/pages.ts'
import type { Database, Reader } from '#platform/database/port.ts'
import { sealedText } from './chain.ts'
import { isRecorded } from './genuine.ts'
import { headIsGenuine, noEnds, readHead } from './head.ts'
import { readKeptHead } from './kept-head.ts'
import { auditEntries } from './schema.ts'
import type { brokenWords } from './words.ts'

export type Verdict =
  | { whole: true; entries: number; unsealed: number; from: number; to: number }
  | { whole: false; number: number; id?: string; because: Broken }

/** Why a trail is not whole, as in `brokenWords`. */
export type Broken = keyof typeof brokenWords

const page = 1000

/**
 * Verifies the chain from its start, then the entries that are not sealed yet.
 * @param headCopy the path of the second copy of the head
 * @returns the first entry that fails, or the number of entries when all are right
 */
export async function verifyAudit(db: Database, keys: KeyRing, headCopy?: string): Promise<Verdict> {
  const kept = readKeptHead(keys, headCopy)
  return db.snapshot(async (reader) => {
    const stored = await readHead(reader)
    if (stored && !headIsGenuine(keys, stored))
      return { whole: false, number: stored.number, because: 'head_forged' }
    const ends = stored ?? noEnds
    if (kept && kept.number > ends.number) {
      return { whole: false, number: ends.number + 1, because: stored ? 'head_behind' : 'head_missing' }
    }
    const walked = await walk(reader, keys, ends, kept)
    if ('because' in walked) return { whole: false, ...walked }
    if (walked.number > ends.number) {
      return { whole: false, number: ends.number + 1, because: stored ? 'head_behind' : 'head_missing' }
    }
    if (walked.number < ends.number)
      return { whole: false, number: walked.number + 1, because: 'tail_missing' }
    const { unsealed, forged } = await countUnsealed(reader, keys)
    if (forged) return { whole: false, number: ends.number + 1, id: forged, because: 'forged' }
    const { retiredNumber, number } = ends
    return { whole: true, entries: number - retiredNumber, unsealed, from: retiredNumber + 1, to: number }
  })
}

/** How many entries are not sealed yet, and the first forged one among them. */
async function countUnsealed(reader: Reader, keys: KeyRing): Promise<{ unsealed: number; forged?: string }> {
  let unsealed = 0
  const after = (last: { id: string } | undefined, size: number) =>
    reader
      .select()
      .from(auditEntries)
      .where(and(isNull(auditEntries.number), gt(auditEntries.id, last?.id ?? '')))
      .orderBy(asc(auditEntries.id))
      .limit(size)
  for await (const entries of pages(after, page)) {
    const forged = entries.find((entry) => !isRecorded(keys, entry))
    if (forged) return { unsealed, forged: forged.id }
    unsealed += entries.length
  }
  return { unsealed }
}

type Walked = { number: number; seal: string } | { number: number; id?: string; because: Broken }

async function walk(
  reader: Reader,
  keys: KeyRing,
  ends: { retiredNumber: number; retiredSeal: string; number: number; seal: string },
  kept: { number: number; seal: string } | undefined,
): Promise<Walked> {
  let number = ends.retiredNumber
  let seal = ends.retiredSeal
  const after = (last: { number: number | null } | undefined, size: number) =>
    reader
      .select()
      .from(auditEntries)
      .where(gt(auditEntries.number, last?.number ?? number))
      .orderBy(asc(auditEntries.number))
      .limit(size)
  for await (const entries of pages(after, page)) {
    for (const entry of entries) {
      if (entry.number !== number + 1) return { number: number + 1, because: 'missing' }
      number += 1
      const expected = keys.auditMac(entry.sealKeyId ?? '', sealedText(seal, number, entry))
      const known = number === ends.number ? ends.seal : number === kept?.number ? kept.seal : expected
      if (!sameText(expected, entry.seal ?? '') || !sameText(expected, known)) {
        return { number, id: entry.id, because: 'changed' }
      }
      if (entry.mac !== null && !isRecorded(keys, entry)) return { number, id: entry.id, because: 'forged' }
      seal = expected
    }
  }
  return { number, seal }
}
