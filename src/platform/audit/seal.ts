import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/key-ring.ts'
import { type Database, prepared, type Writer } from '#platform/database/port.ts'
import type { Logger } from '#platform/logger.ts'
import { sealedText } from './chain.ts'
import { isRecorded } from './genuine.ts'
import { lockHead, writeHead } from './head.ts'
import { type KeptHead, keepHead, readKeptHead } from './kept-head.ts'
import { auditEntries } from './schema.ts'

const batch = 200

interface Sealed extends KeptHead {
  /** How many entries were read. */
  looked: number
  /** How many were sealed. */
  count: number
  /** Entries with a wrong MAC (forged). They stay unsealed, as evidence. */
  forged: string[]
  /** Where the next batch begins. */
  after: string
}

/**
 * Asserts that the chain is at least as long as the head stored outside the database. If it is shorter, nothing more is
 * sealed: new entries would get the numbers of the lost ones and hide the loss.
 * @throws Error naming both ends
 */
function assertNotBehind(head: { number: number }, kept: KeptHead | undefined): void {
  if (kept && kept.number > head.number)
    throw new Error(`the audit trail ends at ${head.number}, but ${kept.number} entries were sealed`)
}

/** Numbers and seals at most one batch of entries. Concurrent calls wait for the lock on the head. */
async function sealBatch(
  tx: Writer,
  { keys, kept, at, after }: { keys: KeyRing; kept: KeptHead | undefined; at: DateTime; after: string },
): Promise<Sealed> {
  const head = await lockHead(tx, keys, at)
  assertNotBehind(head, kept)
  const entries = await tx
    .select()
    .from(auditEntries)
    .where(and(isNull(auditEntries.number), gt(auditEntries.id, after)))
    .orderBy(asc(auditEntries.id))
    .limit(batch)
  let { number, seal } = head
  const sealKeyId = keys.auditKeyId()
  const genuine = entries.filter((entry) => isRecorded(keys, entry))
  for (const entry of genuine) {
    number += 1
    seal = keys.auditMac(sealKeyId, sealedText(seal, number, entry))
    await prepared(tx, 'audit.seal', updateSeal).execute({ id: entry.id, number, sealKeyId, seal })
  }
  if (genuine.length > 0) await writeHead(tx, keys, { ...head, number, seal, sealedAt: at })
  const forged = entries.filter((entry) => !genuine.includes(entry)).map(({ id }) => id)
  return {
    looked: entries.length,
    count: genuine.length,
    forged,
    after: entries.at(-1)?.id ?? after,
    number,
    seal,
  }
}

function updateSeal(db: Pick<Writer, 'update'>) {
  return db
    .update(auditEntries)
    .set({
      number: sql`${sql.placeholder('number')}`,
      sealKeyId: sql`${sql.placeholder('sealKeyId')}`,
      seal: sql`${sql.placeholder('seal')}`,
    })
    .where(and(eq(auditEntries.id, sql.placeholder('id')), isNull(auditEntries.number)))
    .prepare('audit_seal')
}

export interface Sealing {
  db: Database
  keys: KeyRing
  now: () => DateTime
  log: Pick<Logger, 'info' | 'error'>
  /** The path of a second copy of the head, on another disk than the keys and the database. */
  headCopy?: string | undefined
}

/**
 * Seals every committed entry, and stores the end of the chain outside the database: beside the keys, in the log, and in
 * a second copy where one is configured. @returns how many were sealed
 * @throws Error when sealed entries are missing at the end
 */
export async function sealEntries({ db, keys, now, log, headCopy }: Sealing): Promise<number> {
  for (let total = 0, after = ''; ; ) {
    const kept = readKeptHead(keys, headCopy)
    const sealed = await db.transaction((tx) => sealBatch(tx, { keys, kept, at: now(), after }), {
      isolation: 'statement',
    })
    total += sealed.count
    after = sealed.after
    if (sealed.forged.length > 0)
      log.error({ entries: sealed.forged }, 'audit entries were not recorded by this service')
    if (sealed.count > 0) {
      keepHead(keys, sealed, headCopy)
      log.info({ number: sealed.number, seal: sealed.seal }, 'audit trail sealed')
    }
    if (sealed.looked < batch) return total
  }
}
