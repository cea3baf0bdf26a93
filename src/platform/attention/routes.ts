import { and, desc, isNull } from 'drizzle-orm'
import type { Static } from 'typebox'
import type { Database, Reader } from '../database/port.ts'
import { after, pageOf } from '../http/page.ts'
import { problems, ref } from '../http/schemas.ts'
import type { App } from '../http/server.ts'
import { type Clock, isoOf } from '../time.ts'
import { type Attention, acknowledgeAttention } from './acknowledge.ts'
import { Acknowledgement, AttentionPage, AttentionParams, AttentionQuery, AttentionView } from './contract.ts'
import { attentions } from './schema.ts'

/** What each kind of alarm says, by kind: from the words of the slices that raise them. */
export type AttentionTexts = Readonly<Record<string, { zh: string; en: string }>>

const tags = ['系统 · system']

/** The routes by which auditors see alarms and acknowledge them. */
export function attentionRoutes(
  app: App,
  { db, clock }: { db: Database; clock: Clock },
  texts: AttentionTexts,
): void {
  const present = ({ raisedAt, lastAt, acknowledgedAt, ...row }: Attention) => ({
    ...row,
    text: texts[row.kind] ?? { zh: row.kind, en: row.kind },
    raisedAt: isoOf(raisedAt),
    lastAt: isoOf(lastAt),
    acknowledgedAt: acknowledgedAt && isoOf(acknowledgedAt),
  })
  app.route({
    method: 'GET',
    url: '/api/attention',
    config: { access: 'attention.acknowledge' },
    schema: {
      operationId: 'listAttention',
      tags,
      summary: '待核查的安全提醒 · alarms that nobody has looked into yet, the newest first',
      querystring: AttentionQuery,
      response: { 200: AttentionPage, ...problems },
    },
    handler: async ({ query }) => {
      const { items, nextCursor } = await listAttentions(db.read, query)
      return { items: items.map(present), nextCursor }
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/attention/:attentionId/acknowledgement',
    config: { access: 'attention.acknowledge' },
    schema: {
      operationId: 'acknowledgeAttention',
      tags,
      summary: '核查完毕，并说明结果 · somebody looked into it; not whoever it is about',
      params: AttentionParams,
      body: Acknowledgement,
      response: { 200: ref(AttentionView), ...problems },
    },
    handler: async ({ params, body, actor }) => {
      const act = { ...params, ...body, by: actor, at: clock.now() }
      return present(await db.transaction((tx) => acknowledgeAttention(tx, act)))
    },
  })
}

async function listAttentions(
  db: Reader,
  { open = true, cursor, limit = 50 }: Static<typeof AttentionQuery>,
) {
  const columns = [attentions.raisedAt, attentions.id] as const
  const rows = await db
    .select()
    .from(attentions)
    .where(and(open ? isNull(attentions.acknowledgedAt) : undefined, after(columns, cursor, 'desc')))
    .orderBy(desc(attentions.raisedAt), desc(attentions.id))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.raisedAt, row.id])
}
