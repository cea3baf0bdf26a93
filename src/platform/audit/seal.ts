import { and, asc, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/key-ring.ts'
import type { Database, Writer } from '#platform/database/port.ts'
import { sealedText } from './chain.ts'
import { lockHead, writeHead } from './head.ts'
import { keepHead } from './kept-head.ts'
import { auditEntries } from './schema.ts'

const batch = 200

interface Sealed {
  count: number
  number: number
  seal: string
}

/**
 * Numbers and seals up to one batch of entries. Several at once take turns at the head.
 */
async function sealBatch(tx: Writer, keys: KeyRing, at: DateTime): Promise<Sealed> {
  const head = await lockHead(tx, keys, at)
  const entries = await tx
    .select()
    .from(auditEntries)
    .where(isNull(auditEntries.number))
    .orderBy(asc(auditEntries.id))
    .limit(batch)
  let { number, seal } = head
  const sealKeyId = keys.auditKeyId()
  for (const entry of entries) {
    number += 1
    seal = keys.auditMac(sealKeyId, sealedText(seal, number, entry))
    await tx
      .update(auditEntries)
      .set({ number, sealKeyId, seal })
      .where(and(eq(auditEntries.id, entry.id), isNull(auditEntries.number)))
  }
  if (entries.length > 0) await writeHead(tx, keys, { ...head, number, seal, sealedAt: at })
  return { count: entries.length, number, seal }
}

/** Seals every entry that is committed by now. Returns how many. */
export async function sealEntries({
  db,
  keys,
  now,
}: {
  db: Database
  keys: KeyRing
  now: () => DateTime
}): Promise<number> {
  for (let total = 0; ; ) {
    const sealed = await db.transaction((tx) => sealBatch(tx, keys, now()), { isolation: 'statement' })
    total += sealed.count
    if (sealed.count > 0) keepHead(keys, sealed)
    if (sealed.count < batch) return total
  }
}
