import { and, desc, eq, gte, lt, sql } from 'drizzle-orm'
import type { Static } from 'typebox'
import type { Reader } from '#platform/database/port.ts'
import { after } from '#platform/http/page.ts'
import { instantFrom } from '#platform/time.ts'
import type { AuditQuery } from './contract.ts'
import { auditEntries } from './schema.ts'

export type AuditRow = typeof auditEntries.$inferSelect

/** Entries of the trail, the newest first; one more than the limit, to know whether there are more. */
export function listEntries(
  db: Reader,
  query: Omit<Static<typeof AuditQuery>, 'limit'>,
  limit: number,
): Promise<AuditRow[]> {
  const { action, subject, actorId, from, until, cursor } = query
  return db
    .select()
    .from(auditEntries)
    .where(
      and(
        action === undefined
          ? undefined
          : action.endsWith('.')
            ? // Not LIKE: `_` is an ordinary character in an action, not a wildcard.
              eq(sql`substr(${auditEntries.action}, 1, ${action.length})`, action)
            : eq(auditEntries.action, action),
        subject === undefined ? undefined : eq(auditEntries.subject, subject),
        actorId === undefined ? undefined : eq(auditEntries.actorId, actorId),
        from === undefined ? undefined : gte(auditEntries.at, instantFrom(from)),
        until === undefined ? undefined : lt(auditEntries.at, instantFrom(until)),
        after([auditEntries.at, auditEntries.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(auditEntries.at), desc(auditEntries.id))
    .limit(limit + 1)
}
