import { sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { inChunks, prepared, type Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { canonicalJson } from './chain.ts'
import { auditEntries } from './schema.ts'

const at = sql.placeholder

/** Who acted: somebody signed in (an `Actor` fits), a volunteer through a personal link, nobody known, the service. */
export type AuditActor =
  | { userId: string; address?: string | null }
  | { volunteer: string; address?: string | null }
  | { anonymous: true; address: string }
  | 'system'

export interface AuditFact {
  /** What was done, dotted and in the past tense: `event.published`. */
  action: string
  /** To what: `event:ID`. */
  subject: string
  by: AuditActor
  at: DateTime
  /** Plain values that explain it: ids, numbers, words. Never a name, a phone number, a token. */
  details?: Record<string, unknown>
}

/** Records a fact in the transaction that causes it: both happen, or neither. */
export async function record(tx: Writer, fact: AuditFact): Promise<void> {
  await prepared(tx, 'audit.record', (db) => {
    const row = { id: at('id'), at: at('at'), action: at('action'), subject: at('subject') }
    const by = { actorKind: at('actorKind'), actorId: at('actorId'), address: at('address') }
    return db
      .insert(auditEntries)
      .values({ ...row, ...by, details: at('details') })
      .prepare('audit_record')
  }).execute(rowOf(fact))
}

/** Records several facts of one transaction with one statement for every 200. */
export async function recordAll(tx: Writer, facts: readonly AuditFact[]): Promise<void> {
  await inChunks(facts, 200, (some) => tx.insert(auditEntries).values(some.map(rowOf)))
}

function rowOf({ action, subject, by, at, details = {} }: AuditFact) {
  return { id: newId(), at, action, subject, ...actorOf(by), details: canonicalJson(details) }
}

function actorOf(by: AuditActor) {
  if (by === 'system') return { actorKind: 'system' as const, actorId: null, address: null }
  if ('userId' in by) return { actorKind: 'user' as const, actorId: by.userId, address: by.address ?? null }
  if ('anonymous' in by) return { actorKind: 'anonymous' as const, actorId: null, address: by.address }
  return { actorKind: 'volunteer' as const, actorId: by.volunteer, address: by.address ?? null }
}
