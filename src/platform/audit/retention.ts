import { and, asc, gt, lte } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/key-ring.ts'
import type { Database, Writer } from '#platform/database/port.ts'
import { lockHead, writeHead } from './head.ts'
import { auditEntries } from './schema.ts'

/** 网络安全法 art. 21 and 等保 2.0: logs are kept for at least six months. */
export const retentionDaysMin = 180

const batch = 500

interface Retention {
  db: Database
  keys: KeyRing
  now: () => DateTime
  retentionDays: number
}

/**
 * Deletes sealed entries older than the retention period, oldest first, and moves the start of the chain, so that the
 * rest still verifies. Stops at the first entry within the period. @returns how many were deleted
 * @throws RangeError for a retention under 180 days
 */
export async function retireEntries({ db, keys, now, retentionDays }: Retention): Promise<number> {
  if (retentionDays < retentionDaysMin) {
    throw new RangeError(
      `the audit trail is kept for at least ${retentionDaysMin} days, not ${retentionDays}`,
    )
  }
  const before = now().minus({ days: retentionDays })
  for (let total = 0; ; ) {
    const count = await db.transaction((tx) => retireBatch(tx, keys, now(), before), {
      isolation: 'statement',
    })
    total += count
    if (count < batch) return total
  }
}

async function retireBatch(tx: Writer, keys: KeyRing, at: DateTime, before: DateTime): Promise<number> {
  const head = await lockHead(tx, keys, at)
  const oldest = await tx
    .select({ number: auditEntries.number, seal: auditEntries.seal, at: auditEntries.at })
    .from(auditEntries)
    .where(gt(auditEntries.number, head.retiredNumber))
    .orderBy(asc(auditEntries.number))
    .limit(batch)
  const young = oldest.findIndex((entry) => entry.at >= before)
  const old = young < 0 ? oldest : oldest.slice(0, young)
  const last = old.at(-1)
  if (!last?.number || !last.seal) return 0
  await tx
    .delete(auditEntries)
    .where(and(gt(auditEntries.number, head.retiredNumber), lte(auditEntries.number, last.number)))
  await writeHead(tx, keys, { ...head, retiredNumber: last.number, retiredSeal: last.seal })
  return old.length
}
