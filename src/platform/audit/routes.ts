import { and, desc, eq, gte, lt, sql } from 'drizzle-orm'
import type { Static } from 'typebox'
import type { Database, Reader } from '#platform/database/port.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { Page, problems } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { instantFrom, isoOf } from '#platform/time.ts'
import { AuditEntryView, AuditQuery } from './contract.ts'
import { auditEntries } from './schema.ts'

type Row = typeof auditEntries.$inferSelect

function listEntries(db: Reader, query: Static<typeof AuditQuery>, limit: number): Promise<Row[]> {
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

function present({
  id,
  number,
  at,
  action,
  subject,
  actorKind,
  actorId,
  address,
  details,
}: Row): AuditEntryView {
  const actor = { kind: actorKind, id: actorId, address }
  return {
    id,
    number,
    at: isoOf(at),
    action,
    subject,
    actor,
    details: JSON.parse(details) as Record<string, unknown>,
  }
}

/** The audit trail, for auditors. There is no route that changes it. */
export function auditRoutes(app: App, { db }: { db: Database }): void {
  app.route({
    method: 'GET',
    url: '/api/audit',
    config: { access: 'audit.read' },
    schema: {
      operationId: 'listAuditEntries',
      tags: ['审计 · audit'],
      summary: '审计日志 · Who did what to what, when, from where; the newest first',
      querystring: AuditQuery,
      response: { 200: Page(AuditEntryView), ...problems },
    },
    handler: async ({ query }) => {
      const limit = query.limit ?? 50
      const page = pageOf(await listEntries(db.read, query, limit), limit, (row) => [row.at, row.id])
      return { ...page, items: page.items.map(present) }
    },
  })
}
