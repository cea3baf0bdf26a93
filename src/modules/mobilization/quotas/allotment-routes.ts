import Type from 'typebox'
import { eventRow } from '#modules/events/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { MaybeIfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { fullAllotment, listAllotments } from '../offer-queries.ts'
import { presentAllotment } from '../present.ts'
import { AllotmentPage, AllotmentQuery, AllotmentSetting, AllotmentView, NumberOnly } from './contract.ts'
import { answerByNames, answerByNumber, numberOnlyOf } from './number-only.ts'
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
  numberOnlyRoutes(app, { db, now })
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

/** 只报人数 of one team: a state of its own, so that a class answers while its school still names others. */
function numberOnlyRoutes(app: App, { db, now }: Pick<AppContext, 'db' | 'now'>): void {
  const url = '/api/events/:eventId/number-only-teams/:teamId'
  const params = Type.Object({ eventId: Id, teamId: Id })
  const response = { 204: Type.Null(), ...problems }
  app.route({
    method: 'GET',
    url,
    config: { access: 'mobilization.edit' },
    schema: {
      operationId: 'readNumberOnly',
      tags,
      summary: '本队是否只报人数 · whether a team or class answers with a number for this event',
      params,
      response: { 200: ref(NumberOnly), ...problems },
    },
    handler: async ({ params: of, actor: by }) => {
      const { answeredAt } = await numberOnlyOf(db.read, { ...of, by })
      return { numberOnly: answeredAt !== null, answeredAt: answeredAt && isoOf(answeredAt) }
    },
  })
  app.route({
    method: 'PUT',
    url,
    config: { access: 'mobilization.edit' },
    schema: {
      operationId: 'answerByNumber',
      tags,
      summary: '本队只报人数 · a team or class answers with a number for this event; its heads owe no names',
      params,
      response,
    },
    handler: async ({ params: of, actor: by }, reply) => {
      await db.transaction((tx) => answerByNumber(tx, { ...of, by, at: now() }))
      return reply.code(204).send(null)
    },
  })
  app.route({
    method: 'DELETE',
    url,
    config: { access: 'mobilization.edit' },
    schema: {
      operationId: 'answerByNames',
      tags,
      summary: '本队改报名单 · a team or class will name its people after all',
      params,
      response,
    },
    handler: async ({ params: of, actor: by }, reply) => {
      await db.transaction((tx) => answerByNames(tx, { ...of, by, at: now() }))
      return reply.code(204).send(null)
    },
  })
}
