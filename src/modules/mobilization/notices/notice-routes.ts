import { eq } from 'drizzle-orm'
import Type from 'typebox'
import { eventRow } from '#modules/events/index.ts'
import { namesShown } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { type Doing, reachOf } from '#platform/http/access.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { participationRow } from '../participations.ts'
import { presentNotice } from '../present.ts'
import { assertOwnTeam } from '../remove-assignment.ts'
import { notices } from '../schema.ts'
import { NoticePage, NoticeQuery, NoticeView } from './contract.ts'
import { type FullNotice, fullNotice, listNotices } from './notice-queries.ts'

const tags = ['动员 · mobilization']

/** 通知: routes to list the notices of an event, and to mark one as told in person. */
export function noticeRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/notices',
    config: { access: 'mobilization.read' },
    schema: {
      operationId: 'listNotices',
      tags,
      summary: '变更、取消通知 · who is told of changes, and with `unreached` whom a leader has to call',
      params: Type.Object({ eventId: Id }),
      querystring: NoticeQuery,
      response: { 200: NoticePage, ...problems },
    },
    handler: async ({ params, query, actor }) => {
      const event = await eventRow(db.read, params.eventId)
      const reach = reachOf(actor, 'mobilization.read')
      const { items, nextCursor } = await listNotices(db.read, { event, reach }, query)
      const people = items.map(({ person }) => person.id)
      const nameOf = await namesShown(db.read, actor, people)
      return { items: items.map((each) => presentNotice(each, nameOf)), nextCursor }
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/notices/:noticeId/telling',
    config: { access: 'answers.record' },
    schema: {
      operationId: 'markTold',
      tags,
      summary: '已当面或电话通知 · told in person: no message follows, and the call list is shorter by one',
      params: Type.Object({ noticeId: Id }),
      response: { 200: ref(NoticeView), ...problems },
    },
    handler: async ({ params, actor: by }) =>
      db.transaction(async (tx) => {
        const full = await markTold(tx, params.noticeId, { by, at: now() })
        return presentNotice(full, await namesShown(tx, by, [full.person.id]))
      }),
  })
}

/** Marks a notice as told in person; the first mark stays. @throws DomainError `notice.missing`, `team.missing` */
async function markTold(tx: Writer, noticeId: string, { by, at }: Doing): Promise<FullNotice> {
  const { notice } = await fullNotice(tx, noticeId)
  await assertOwnTeam(tx, by, 'answers.record', await participationRow(tx, notice.participationId))
  if (!notice.toldAt) {
    await tx.update(notices).set({ toldAt: at, toldByUserId: by.userId }).where(eq(notices.id, noticeId))
    await record(tx, { action: 'notice.told', subject: `notice:${noticeId}`, by, at })
  }
  return fullNotice(tx, noticeId)
}
