import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { languageOf } from '#platform/http/language.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { VisitPage, VisitQuery } from '../visits/contract.ts'
import { lookAtVisits } from '../visits/visit-queries.ts'
import { assignVisits } from './assign-visits.ts'
import {
  Assignments,
  InspectorCheck,
  RoundChange,
  RoundCreation,
  RoundPage,
  RoundProgressView,
  RoundProof,
  RoundQuery,
  RoundView,
} from './contract.ts'
import { drawRound } from './draw-round.ts'
import { checkInspector } from './inspector-check.ts'
import { readRoundProgress } from './progress.ts'
import { proveRound } from './prove-round.ts'
import { listRounds, readRound } from './round-queries.ts'
import { changeRound, closeRound, createRound, revealRound } from './save-round.ts'

const tags = ['督查轮次 · rounds']
const params = Type.Object({ roundId: Id })

/** 轮次: created with a sealed seed, drawn once, shown, closed. */
export function roundRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  editingRoutes(app, context)
  stateRoutes(app, context)
  visitRoutes(app, context)
}

function readingRoutes(app: App, { db, keys }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/rounds',
    config: { access: 'rounds.read' },
    schema: {
      operationId: 'listRounds',
      tags,
      summary: '轮次列表 · rounds that were shown, and those you run',
      querystring: RoundQuery,
      response: { 200: RoundPage, ...problems },
    },
    handler: ({ query, actor }) => listRounds(db.read, query, actor),
  })
  app.route({
    method: 'GET',
    url: '/api/rounds/:roundId',
    config: { access: 'rounds.read' },
    schema: {
      operationId: 'readRound',
      tags,
      summary: '查看轮次 · one round with its strata and how far it is',
      params,
      response: { 200: ref(RoundView), ...problems },
    },
    handler: ({ params, actor }) => readRound(db.read, params.roundId, actor),
  })
  app.route({
    method: 'GET',
    url: '/api/rounds/:roundId/proof',
    config: { access: 'rounds.read' },
    schema: {
      operationId: 'proveRound',
      tags,
      summary: '抽样核验 · seed, frame and result of a closed round, to draw it again',
      params,
      response: { 200: ref(RoundProof), ...problems },
    },
    handler: ({ params, actor }) => proveRound(db.read, keys, params.roundId, actor),
  })
  app.route({
    method: 'GET',
    url: '/api/rounds/:roundId/progress',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'readRoundProgress',
      tags,
      summary:
        '轮次进度 · how many points were visited, by district, and who is still on the way; names no point',
      params,
      response: { 200: ref(RoundProgressView), ...problems },
    },
    handler: ({ params, actor }) => readRoundProgress(db.read, params.roundId, actor),
  })
}

function editingRoutes(app: App, { db, now, keys, config }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/rounds',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'createRound',
      tags,
      summary: '新建轮次 · begin a round; its seed is drawn now and sealed',
      headers: OnceKey,
      body: RoundCreation,
      response: { 201: ref(RoundView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const { timeZone } = config
      const view = await createOnce(db, request, async (tx) =>
        readRound(tx, await createRound(tx, { input, keys, timeZone, by, at: now() }), by),
      )
      return created(reply, `/api/rounds/${view.id}`, view)
    },
  })
  app.route({
    method: 'PATCH',
    url: '/api/rounds/:roundId',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'changeRound',
      tags,
      summary: '修改轮次 · change a round that was not drawn (If-Match)',
      params,
      headers: IfMatch,
      body: RoundChange,
      response: { 200: ref(RoundView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      return db.transaction(async (tx) => {
        await changeRound(tx, { ...params, version, input, by, at: now() })
        return readRound(tx, params.roundId, by)
      })
    },
  })
}

function stateRoutes(app: App, { db, now, keys }: AppContext): void {
  const acts = {
    draw: { id: 'drawRound', summary: '抽样 · draw the points, once (If-Match)', act: drawRound },
    disclosure: {
      id: 'discloseRound',
      summary: '公开 · show the round to everybody (If-Match)',
      act: revealRound,
    },
    closure: {
      id: 'closeRound',
      summary: '结束轮次 · close it for good; its seed is shown (If-Match)',
      act: closeRound,
    },
  } as const
  for (const [path, { id, summary, act }] of Object.entries(acts)) {
    app.route({
      method: 'PUT',
      url: `/api/rounds/:roundId/${path}`,
      config: { access: 'rounds.run' },
      schema: {
        operationId: id,
        tags,
        summary,
        params,
        headers: IfMatch,
        response: { 200: ref(RoundView), ...problems },
      },
      handler: async (request) => {
        const { params, actor: by } = request
        const version = requireIfMatch(request)
        return db.transaction(async (tx) => {
          await act(tx, { ...params, version, keys, by, at: now() })
          return readRound(tx, params.roundId, by)
        })
      },
    })
  }
}

function visitRoutes(app: App, { db, now, config }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/rounds/:roundId/visits',
    config: { access: 'rounds.read' },
    schema: {
      operationId: 'listRoundVisits',
      tags,
      summary: '样本与走访 · the sample and what came home; before it is shown, looking at it is recorded',
      params,
      querystring: VisitQuery,
      response: { 200: VisitPage, ...problems },
    },
    handler: ({ params, query, actor }) =>
      db.transaction((tx) => lookAtVisits(tx, { ...params, ...query, by: actor, at: now() })),
  })
  app.route({
    method: 'GET',
    url: '/api/rounds/:roundId/inspectors/:userId',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'checkInspector',
      tags,
      summary:
        '核对人员 · to which points of the sample somebody may not be sent, and why; recorded as a look at it',
      params: Type.Object({ roundId: Id, userId: Id }),
      response: { 200: ref(InspectorCheck), ...problems },
    },
    handler: (request) => {
      const { params, actor: by } = request
      const { timeZone } = config
      return checkInspector(db, { ...params, timeZone, language: languageOf(request), by, at: now() })
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/rounds/:roundId/assignments',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'assignVisits',
      tags,
      summary: '安排走访 · say who goes where, and from when on they know of it; all of the list or nothing',
      params,
      body: Assignments,
      response: { 200: ref(RoundView), ...problems },
    },
    handler: ({ params, body: input, actor: by }) =>
      db.transaction(async (tx) => {
        await assignVisits(tx, { ...params, input, timeZone: config.timeZone, by, at: now() })
        return readRound(tx, params.roundId, by)
      }),
  })
}
