import Type from 'typebox'
import { officeTime } from '#modules/command/index.ts'
import { created } from '#platform/http/created.ts'
import { createOnce, OnceKey } from '#platform/http/idempotency.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { listAppeals, readAppeal } from './appeal-queries.ts'
import {
  AppealCreation,
  AppealDecision,
  AppealPage,
  AppealQuery,
  AppealView,
  AppealWithdrawal,
} from './contract.ts'
import { decideAppeal } from './decide-appeal.ts'
import { fileAppeal } from './file-appeal.ts'
import { withdrawAppeal } from './withdraw-appeal.ts'

const tags = ['排名与申诉 · rankings']
const params = Type.Object({ appealId: Id })

/** 申诉 against what a ranking counts. */
export function appealRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  filingRoutes(app, context)
  decidingRoute(app, context)
}

function readingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/appeals',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'listAppeals',
      tags,
      summary: '申诉列表 · appeals within reach, the oldest first',
      querystring: AppealQuery,
      response: { 200: AppealPage, ...problems },
    },
    handler: ({ query, actor }) => listAppeals(db.read, query, { reader: actor, at: now() }),
  })
  app.route({
    method: 'GET',
    url: '/api/appeals/:appealId',
    config: { access: 'tasks.read' },
    schema: {
      operationId: 'readAppeal',
      tags,
      summary: '查看申诉 · one appeal with what was seen, what is wanted, and how it was decided',
      params,
      response: { 200: ref(AppealView), ...problems },
    },
    handler: ({ params, actor }) => readAppeal(db.read, params.appealId, { reader: actor, at: now() }),
  })
}

function filingRoutes(app: App, { db, now, config }: AppContext): void {
  app.route({
    method: 'POST',
    url: '/api/rankings/:rankingId/appeals',
    config: { access: 'tasks.report' },
    schema: {
      operationId: 'fileAppeal',
      tags,
      summary: '提出申诉 · appeal against an observation, within three working days of the draft',
      params: Type.Object({ rankingId: Id }),
      headers: OnceKey,
      body: AppealCreation,
      response: { 201: ref(AppealView), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body: input, actor: by } = request
      const at = now()
      const view = await createOnce(db, request, async (tx) => {
        const office = await officeTime(tx, config)
        const id = await fileAppeal(tx, { ...params, input, office, by, at })
        return readAppeal(tx, id, { reader: by, at })
      })
      return created(reply, `/api/appeals/${view.id}`, view)
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/appeals/:appealId/withdrawal',
    config: { access: 'tasks.report' },
    schema: {
      operationId: 'withdrawAppeal',
      tags,
      summary: '撤回申诉 · the unit takes its appeal back before it is decided',
      params,
      body: AppealWithdrawal,
      response: { 200: ref(AppealView), ...problems },
    },
    handler: ({ params, body: { reason = null }, actor: by }) => {
      const at = now()
      return db.transaction(async (tx) => {
        const office = await officeTime(tx, config)
        await withdrawAppeal(tx, { ...params, reason, office, by, at })
        return readAppeal(tx, params.appealId, { reader: by, at })
      })
    },
  })
}

function decidingRoute(app: App, { db, now, config }: AppContext): void {
  app.route({
    method: 'PUT',
    url: '/api/appeals/:appealId/decision',
    config: { access: 'rankings.edit' },
    schema: {
      operationId: 'decideAppeal',
      tags,
      summary: '办理申诉 · grant or refuse it; a granted one scores that visit anew and drafts again',
      params,
      body: AppealDecision,
      response: { 200: ref(AppealView), ...problems },
    },
    handler: ({ params, body: decision, actor: by }) => {
      const at = now()
      return db.transaction(async (tx) => {
        const office = await officeTime(tx, config)
        await decideAppeal(tx, { ...params, decision, office, by, at })
        return readAppeal(tx, params.appealId, { reader: by, at })
      })
    },
  })
}
