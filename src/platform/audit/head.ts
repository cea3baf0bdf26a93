import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/key-ring.ts'
import { sameText } from '#platform/crypto/random.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { type ChainEnds, chainStart, headText } from './chain.ts'
import { auditHeads } from './schema.ts'

/** The two ends of the chain as stored in the database; undefined before the first sealing. */
export async function readHead(
  db: Reader,
): Promise<(ChainEnds & { keyId: string; mac: string }) | undefined> {
  const [head] = await db.select().from(auditHeads).where(eq(auditHeads.id, 1))
  return head
}

/** The ends of a chain in which nothing is sealed yet. */
export const noEnds = { retiredNumber: 0, retiredSeal: chainStart, number: 0, seal: chainStart }

/**
 * Reads the ends and locks them until the end of the transaction, so that only one transaction at a time moves them.
 * The caller uses isolation `statement`, so that it never conflicts with transactions that record entries.
 */
export async function lockHead(tx: Writer, keys: KeyRing, at: DateTime): Promise<ChainEnds> {
  await tx
    .insert(auditHeads)
    .values({ id: 1, ...guarded(keys, { ...noEnds, sealedAt: at }) })
    .onConflictDoNothing()
  const [head] = await tx.update(auditHeads).set({ id: 1 }).where(eq(auditHeads.id, 1)).returning()
  return head as ChainEnds
}

/** Writes the ends with a MAC. Call only while holding the lock. */
export async function writeHead(tx: Writer, keys: KeyRing, ends: ChainEnds): Promise<void> {
  await tx.update(auditHeads).set(guarded(keys, ends)).where(eq(auditHeads.id, 1))
}

function guarded(keys: KeyRing, { retiredNumber, retiredSeal, number, seal, sealedAt }: ChainEnds) {
  const ends = { retiredNumber, retiredSeal, number, seal, sealedAt }
  const keyId = keys.auditKeyId()
  return { ...ends, keyId, mac: keys.auditMac(keyId, headText(ends)) }
}

export function headIsGenuine(keys: KeyRing, head: ChainEnds & { keyId: string; mac: string }): boolean {
  return sameText(keys.auditMac(head.keyId, headText(head)), head.mac)
}
