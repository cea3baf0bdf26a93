import Type from 'typebox'
import { eventRow } from '#modules/events/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { MaybeIfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { fullAllotment, listAllotments } from '../offer-queries.ts'
import { presentAllotment } from '../present.ts'
import { AllotmentPage, AllotmentQuery, AllotmentSetting, AllotmentView } from './contract.ts'
import { removeAllotment } from './remove-allotment.ts'
import { setAllotment } from './set-allotment.ts'

const tags = ['动员 · mobilization']
const place = Type.Object({ shiftId: Id, teamId: Id })

/** 派队: routes to hold heads of a team on a shift, change them and give them back. */
export function allotmentRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/allotments',
    config: { access: 'mobilization.read' },
    schema: {
      operationId: 'listAllotments',
      tags,
      summary: '派队列表 · heads held for teams',
      params: Type.Object({ eventId: Id }),
      querystring: AllotmentQuery,
      response: { 200: AllotmentPage, ...problems },
    },
    handler: async ({ params, query, actor }) => {
      const event = await eventRow(db.read, params.eventId)
      const reach = reachOf(actor, 'mobilization.read')
      const { items, nextCursor } = await listAllotments(db.read, event, reach, query)
      return { items: items.map(presentAllotment), nextCursor }
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/shifts/:shiftId/allotments/:teamId',
    config: { access: 'mobilization.edit' },
    schema: {
      operationId: 'setAllotment',
      tags,
      summary: '派队 · hold heads of a team on a shift; If-Match to change what is there',
      params: place,
      headers: MaybeIfMatch,
      body: AllotmentSetting,
      response: { 200: ref(AllotmentView), ...problems },
    },
    handler: async (request) => {
      const { params, body, actor: by } = request
      const version = request.headers['if-match'] === undefined ? undefined : requireIfMatch(request)
      const full = await db.transaction(async (tx) => {
        const { id } = await setAllotment(tx, { minors: 0, ...params, ...body, version, by, at: now() })
        return fullAllotment(tx, id)
      })
      return presentAllotment(full)
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/shifts/:shiftId/allotments/:teamId',
    config: { access: 'mobilization.edit' },
    schema: {
      operationId: 'removeAllotment',
      tags,
      summary: '撤回派队 · give the heads up; people named stay',
      params: place,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async ({ params, actor: by }, reply) => {
      await db.transaction((tx) => removeAllotment(tx, { ...params, by, at: now() }))
      return reply.code(204).send(null)
    },
  })
}
