import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { Reader } from '#platform/database/port.ts'
import { IfMatch, requireIfMatch } from '#platform/http/etag.ts'
import { languageOf } from '#platform/http/language.ts'
import { Id, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { issueCase } from '../cases/issue-case.ts'
import { acceptUpload } from './accept-upload.ts'
import { Acceptance, HeldUploadPage, Settlement, WholeHeldUploadView } from './contract.ts'
import { heldUpload, listHeld, settleUpload } from './held-uploads.ts'
import { presentWholeHeld } from './held-view.ts'

const tags = ['走访 · visits']
const params = Type.Object({ uploadId: Id })

/** 暂存上传: what phones sent and did not fit, until somebody has decided on it. */
export function heldRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  decidingRoutes(app, context)
}

const whole = async (db: Reader, uploadId: string, request: FastifyRequest) =>
  presentWholeHeld(db, await heldUpload(db, uploadId, request.actor), languageOf(request))

function readingRoutes(app: App, { db }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/held-uploads',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'listHeldUploads',
      tags,
      summary: '暂存上传 · what phones sent that is no visit, until somebody has looked at it',
      querystring: PageQuery,
      response: { 200: HeldUploadPage, ...problems },
    },
    handler: (request) =>
      listHeld(db.read, request.query, { reader: request.actor, language: languageOf(request) }),
  })
  app.route({
    method: 'GET',
    url: '/api/held-uploads/:uploadId',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'readHeldUpload',
      tags,
      summary: '查看暂存上传 · one upload with each entry, its pictures, and why it was not taken',
      params,
      response: { 200: ref(WholeHeldUploadView), ...problems },
    },
    handler: (request) => whole(db.read, request.params.uploadId, request),
  })
}

function decidingRoutes(app: App, context: AppContext): void {
  const { db, now, config } = context
  app.route({
    method: 'PUT',
    url: '/api/held-uploads/:uploadId/settlement',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'settleHeldUpload',
      tags,
      summary: '处理暂存上传 · say what became of it (If-Match)',
      params,
      headers: IfMatch,
      body: Settlement,
      response: { 200: ref(WholeHeldUploadView), ...problems },
    },
    handler: (request) => {
      const { params, body, actor: by } = request
      const version = requireIfMatch(request)
      return db.transaction(async (tx) => {
        await settleUpload(tx, { ...params, ...body, version, by, at: now() })
        return whole(tx, params.uploadId, request)
      })
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/held-uploads/:uploadId/visit',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'acceptHeldUpload',
      tags,
      summary:
        '作为巡查收下 · take a held upload as a patrol of whoever sent it: its cases count, it has no score (If-Match)',
      params,
      headers: IfMatch,
      body: Acceptance,
      response: { 200: ref(WholeHeldUploadView), ...problems },
    },
    handler: async (request) => {
      const { params, body: input, actor: by } = request
      const version = requireIfMatch(request)
      const accepting = { ...params, version, input, by, at: now(), timeZone: config.timeZone }
      const caseIds = await db.transaction((tx) => acceptUpload(tx, accepting))
      for (const id of caseIds) await issueCase(context, id)
      return whole(db.read, params.uploadId, request)
    },
  })
}
