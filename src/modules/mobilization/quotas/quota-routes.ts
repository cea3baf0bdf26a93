import Type from 'typebox'
import { eventRow } from '#modules/events/index.ts'
import { reachOf } from '#platform/http/access.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { isoOf } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { presentQuota } from '../present.ts'
import {
  AskList,
  Funnel,
  Pledge,
  QuotaPage,
  QuotaQuery,
  QuotaSetting,
  QuotaSettingResult,
  QuotaView,
} from './contract.ts'
import { asksOf } from './my-asks.ts'
import { fullQuota, funnelOf, listQuotas } from './quota-queries.ts'
import { pledge, setQuotas } from './set-quotas.ts'

const tags = ['动员 · mobilization']
const ofEvent = Type.Object({ eventId: Id })

/** 需求人数 and 上报人数: routes to set the quotas of units and to answer them. */
export function quotaRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  askingRoutes(app, context)
}

function readingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/my/asks',
    config: { access: 'signed-in' },
    schema: {
      operationId: 'listMyAsks',
      tags,
      summary: '待上报 · what the units one is a liaison of are asked for; unanswered first',
      response: { 200: ref(AskList), ...problems },
    },
    handler: async ({ actor }) => ({
      items: (await asksOf(db.read, actor, now())).map(({ event, ...full }) => ({
        quota: presentQuota(full, actor),
        event: { ...event, startsAt: isoOf(event.startsAt), endsAt: isoOf(event.endsAt) },
      })),
    }),
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/quotas',
    config: { access: 'mobilization.read' },
    schema: {
      operationId: 'listQuotas',
      tags,
      summary: '各单位需求与上报 · what units were asked and answered, by name',
      params: ofEvent,
      querystring: QuotaQuery,
      response: { 200: QuotaPage, ...problems },
    },
    handler: async ({ params, query, actor }) => {
      const event = await eventRow(db.read, params.eventId)
      const reach = reachOf(actor, 'mobilization.read')
      const { items, nextCursor } = await listQuotas(db.read, event, reach, query)
      return { items: items.map((each) => presentQuota(each, actor)), nextCursor }
    },
  })
  app.route({
    method: 'GET',
    url: '/api/events/:eventId/funnel',
    config: { access: 'mobilization.read' },
    schema: {
      operationId: 'readFunnel',
      tags,
      summary: '需求→上报→实名→确认 · the funnel, in sum and by district',
      params: ofEvent,
      response: { 200: ref(Funnel), ...problems },
    },
    handler: async ({ params, actor }) => {
      const event = await eventRow(db.read, params.eventId)
      return funnelOf(db.read, event, reachOf(actor, 'mobilization.read'))
    },
  })
}

function askingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/events/:eventId/quotas',
    config: { access: 'quotas.edit' },
    schema: {
      operationId: 'setQuotas',
      tags,
      summary: '批量下达需求人数 · ask many units with one request',
      params: ofEvent,
      body: QuotaSetting,
      response: { 200: ref(QuotaSettingResult), ...problems },
    },
    handler: async ({ params, body, actor: by }) =>
      db.transaction((tx) =>
        setQuotas(tx, { eventId: params.eventId, asked: body.quotas, dueOn: body.dueOn, by, at: now() }),
      ),
  })
  app.route({
    method: 'PUT',
    url: '/api/quotas/:quotaId/pledge',
    config: { access: 'quotas.edit' },
    schema: {
      operationId: 'pledgeQuota',
      tags,
      summary: '单位上报人数 · a unit answers, with a note; 0 refuses',
      params: Type.Object({ quotaId: Id }),
      body: Pledge,
      response: { 200: ref(QuotaView), ...problems },
    },
    handler: async ({ params, body, actor: by }) => {
      const { quotaId } = params
      return presentQuota(
        await db.transaction(async (tx) => {
          await pledge(tx, { quotaId, ...body, by, at: now() })
          return fullQuota(tx, quotaId)
        }),
        by,
      )
    },
  })
}
