import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import {
  RankedVisitPage,
  RankedVisitQuery,
  RankingCreation,
  RankingPage,
  RankingQuery,
  WholeRankingView,
} from './contract.ts'
import { createRanking } from './create-ranking.ts'
import { discardRanking, finishRanking } from './finish-ranking.ts'
import { listRankedVisits } from './ranked-visits.ts'
import { listRankings, readRanking } from './ranking-queries.ts'

const tags = ['排名与申诉 · rankings']
const params = Type.Object({ rankingId: Id })

/** 排名: who stands where in a month. */
export function rankingRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  editingRoutes(app, context)
}

function readingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/rankings',
    config: { access: 'rankings.read' },
    schema: {
      operationId: 'listRankings',
      tags,
      summary: '排名列表 · rankings, the latest month first',
      querystring: RankingQuery,
      response: { 200: RankingPage, ...problems },
    },
    handler: ({ query, actor }) => listRankings(db.read, query, { reader: actor, at: now() }),
  })
  app.route({
    method: 'GET',
    url: '/api/rankings/:rankingId',
    config: { access: 'rankings.read' },
    schema: {
      operationId: 'readRanking',
      tags,
      summary: '查看排名 · a ranking with its lines, brackets and rates',
      params,
      response: { 200: ref(WholeRankingView), ...problems },
    },
    handler: ({ params, actor }) => readRanking(db.read, params.rankingId, { reader: actor, at: now() }),
  })
  app.route({
    method: 'GET',
    url: '/api/rankings/:rankingId/lines/:lineId/visits',
    config: { access: 'rankings.read' },
    schema: {
      operationId: 'listRankedVisits',
      tags,
      summary: '排名所用的走访 · the visits within reach that count in a line',
      params: Type.Object({ rankingId: Id, lineId: Id }),
      querystring: RankedVisitQuery,
      response: { 200: RankedVisitPage, ...problems },
    },
    handler: ({ params, query, actor }) =>
      listRankedVisits(db.read, { ...params, ...query }, { reader: actor, at: now() }),
  })
}

function editingRoutes(app: App, { db, now, config }: AppContext): void {
  const { timeZone } = config
  app.route({
    method: 'POST',
    url: '/api/rankings',
    config: { access: 'rankings.edit' },
    schema: {
      operationId: 'createRanking',
      tags,
      summary: '编制排名 · have the ranking of a month and group drafted',
      headers: OnceKey,
      body: RankingCreation,
      response: { 201: ref(WholeRankingView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const at = now()
      const view = await createOnce(db, request, async (tx) =>
        readRanking(tx, await createRanking(tx, { input, timeZone, by, at }), { reader: by, at }),
      )
      return created(reply, `/api/rankings/${view.id}`, view)
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/rankings/:rankingId/finality',
    config: { access: 'rankings.edit' },
    schema: {
      operationId: 'finishRanking',
      tags,
      summary: '排名定稿 · make it final: nothing changes it any more (If-Match)',
      params,
      headers: IfMatch,
      response: { 200: ref(WholeRankingView), ...problems },
    },
    handler: (request) => {
      const version = requireIfMatch(request)
      const { params, actor: by } = request
      const at = now()
      return db.transaction(async (tx) => {
        await finishRanking(tx, { ...params, version, by, at })
        return readRanking(tx, params.rankingId, { reader: by, at })
      })
    },
  })
  app.route({
    method: 'DELETE',
    url: '/api/rankings/:rankingId',
    config: { access: 'rankings.edit' },
    schema: {
      operationId: 'discardRanking',
      tags,
      summary: '删除未定稿的排名 · take back a ranking that nobody appealed against (If-Match)',
      params,
      headers: IfMatch,
      response: { 204: Type.Null(), ...problems },
    },
    handler: async (request, reply) => {
      const version = requireIfMatch(request)
      const { params, actor: by } = request
      await db.transaction((tx) => discardRanking(tx, { ...params, version, by, at: now() }))
      return reply.code(204).send(null)
    },
  })
}
