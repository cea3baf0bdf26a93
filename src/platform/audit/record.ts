import { sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/key-ring.ts'
import { type Database, databaseOf, inChunks, prepared, type Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { canonicalJson, recordedText } from './chain.ts'
import { auditEntries } from './schema.ts'

/** Who acted: a signed-in user (an `Actor` fits), the holder of a personal link, an unknown client, or the service. */
export type AuditActor =
  | { userId: string; address?: string | null }
  | { link: string; address?: string | null }
  | { anonymous: true; address: string }
  | 'system'

export interface AuditFact {
  /** What was done, dotted and in the past tense: `event.published`. */
  action: string
  /** The thing it was done to: `event:ID`. */
  subject: string
  by: AuditActor
  at: DateTime
  /** Plain values that explain it: ids, numbers, words. Never a name, a phone number or a token. */
  details?: Record<string, unknown>
}

const keysOf = new WeakMap<Database, KeyRing>()

/** Sets the keys for the MACs of all audit entries of this database. Called where the key ring is opened. */
export function recordWith(db: Database, keys: KeyRing): void {
  keysOf.set(db, keys)
}

/** Writes an audit entry in the transaction of the change itself: both are committed, or neither. */
export async function record(tx: Writer, fact: AuditFact): Promise<void> {
  await prepared(tx, 'audit.record', (db) => {
    const row = {
      id: sql.placeholder('id'),
      at: sql.placeholder('at'),
      action: sql.placeholder('action'),
      subject: sql.placeholder('subject'),
    }
    const by = {
      actorKind: sql.placeholder('actorKind'),
      actorId: sql.placeholder('actorId'),
      address: sql.placeholder('address'),
    }
    return db
      .insert(auditEntries)
      .values({
        ...row,
        ...by,
        details: sql.placeholder('details'),
        macKeyId: sql.placeholder('macKeyId'),
        mac: sql.placeholder('mac'),
      })
      .prepare('audit_record')
  }).execute(rowOf(tx, fact))
}

/** Writes several audit entries of one transaction, 200 per statement. */
export async function recordAll(tx: Writer, facts: readonly AuditFact[]): Promise<void> {
  await inChunks(facts, 200, (some) => tx.insert(auditEntries).values(some.map((fact) => rowOf(tx, fact))))
}

function rowOf(tx: Writer, { action, subject, by, at, details = {} }: AuditFact) {
  const keys = keysOf.get(databaseOf(tx))
  if (!keys) throw new Error('nothing can be recorded in this database: recordWith was not called')
  const entry = { id: newId(), at, action, subject, ...actorOf(by), details: canonicalJson(details) }
  const macKeyId = keys.auditKeyId()
  return { ...entry, macKeyId, mac: keys.auditMac(macKeyId, recordedText(entry)) }
}

function actorOf(by: AuditActor) {
  if (by === 'system') return { actorKind: 'system' as const, actorId: null, address: null }
  if ('userId' in by) return { actorKind: 'user' as const, actorId: by.userId, address: by.address ?? null }
  if ('anonymous' in by) return { actorKind: 'anonymous' as const, actorId: null, address: by.address }
  return { actorKind: 'link' as const, actorId: by.link, address: by.address ?? null }
}
