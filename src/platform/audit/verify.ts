import { asc, gt, isNull } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/key-ring.ts'
import { sameText } from '#platform/crypto/random.ts'
import type { Database, Reader } from '#platform/database/port.ts'
import { sealedText } from './chain.ts'
import { headIsGenuine, noEnds, readHead } from './head.ts'
import { readKeptHead } from './kept-head.ts'
import { auditEntries } from './schema.ts'

export type Verdict =
  | { whole: true; entries: number; unsealed: number; from: number; to: number }
  | { whole: false; number: number; id?: string; because: Broken }

export type Broken =
  | 'changed' // the entry is not what was sealed
  | 'missing' // an entry was taken out here
  | 'tail_missing' // entries at the end were taken out
  | 'head_missing' // there are sealed entries, but nothing says how many there should be
  | 'head_forged' // the ends of the chain were written by somebody without the key
  | 'head_behind' // the head was put back: more was sealed than it says, as entries or the kept head show

const page = 1000

/** Walks the chain from its start. @returns the first entry that is not as it was sealed, or how many are */
export async function verifyAudit(db: Database, keys: KeyRing): Promise<Verdict> {
  const kept = readKeptHead(keys)
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
    const unsealed = await reader.$count(auditEntries, isNull(auditEntries.number))
    const { retiredNumber, number } = ends
    return { whole: true, entries: number - retiredNumber, unsealed, from: retiredNumber + 1, to: number }
  })
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
  for (;;) {
    const entries = await reader
      .select()
      .from(auditEntries)
      .where(gt(auditEntries.number, number))
      .orderBy(asc(auditEntries.number))
      .limit(page)
    for (const entry of entries) {
      if (entry.number !== number + 1) return { number: number + 1, because: 'missing' }
      number += 1
      const expected = keys.auditMac(entry.sealKeyId ?? '', sealedText(seal, number, entry))
      const known = number === ends.number ? ends.seal : number === kept?.number ? kept.seal : expected
      if (!sameText(expected, entry.seal ?? '') || !sameText(expected, known)) {
        return { number, id: entry.id, because: 'changed' }
      }
      seal = expected
    }
    if (entries.length < page) return { number, seal }
  }
}
