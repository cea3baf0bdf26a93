import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { languageOf } from '#platform/http/language.ts'
import { Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { PictureQuery, PictureView } from '#platform/pictures/index.ts'
import type { AppContext } from '#src/context.ts'
import { issueCase } from '../cases/issue-case.ts'
import { PacketView, ReceiptView, VisitUpload, WholeVisitView } from './contract.ts'
import { packetOf } from './packet.ts'
import { receiptOf, uploadRow } from './receipt.ts'
import { receiveVisit } from './receive-visit.ts'
import { takeVisitPicture } from './take-visit-picture.ts'
import { lookAtVisit } from './visit-queries.ts'

const tags = ['走访 · visits']
const ofUpload = Type.Object({ operationId: Id })

/** 走访: the packet of the day, what phones bring home, pictures one by one, receipts. */
export function visitRoutes(app: App, context: AppContext): void {
  readingRoutes(app, context)
  uploadRoutes(app, context)
  pictureRoutes(app, context)
}

function readingRoutes(app: App, { db, now }: AppContext): void {
  app.route({
    method: 'GET',
    url: '/api/my/visits',
    config: { access: 'visits.record' },
    schema: {
      operationId: 'readMyVisits',
      tags,
      summary: '当日任务包 · your open visits, with every standard that they need, to work without network',
      response: { 200: ref(PacketView), ...problems },
    },
    handler: ({ actor }) => packetOf(db.read, { by: actor, at: now() }),
  })
  app.route({
    method: 'GET',
    url: '/api/visits/:visitId',
    config: { access: 'rounds.read' },
    schema: {
      operationId: 'readVisit',
      tags,
      summary: '查看走访 · one visit with what was seen and its pictures',
      params: Type.Object({ visitId: Id }),
      response: { 200: ref(WholeVisitView), ...problems },
    },
    handler: ({ params, actor }) =>
      db.transaction((tx) => lookAtVisit(tx, { ...params, by: actor, at: now() })),
  })
}

function uploadRoutes(app: App, context: AppContext): void {
  const { db, now, config } = context
  app.route({
    method: 'POST',
    url: '/api/visit-uploads',
    config: { access: 'visits.record' },
    schema: {
      operationId: 'uploadVisit',
      tags,
      summary:
        '上传走访 · bring a visit home, once for its operation id; what does not fit is answered entry by entry',
      body: VisitUpload,
      response: { 201: ref(ReceiptView), ...problems },
    },
    handler: async (request, reply) => {
      const { body: input, actor: by } = request
      const receiving = { input, inspectorUserId: by.userId, by, at: now(), timeZone: config.timeZone }
      const { caseIds, receipt } = await db.transaction(async (tx) => {
        const { caseIds } = await receiveVisit(tx, receiving)
        const upload = await uploadRow(tx, input.operationId, by)
        return { caseIds, receipt: await receiptOf(tx, upload, languageOf(request)) }
      })
      for (const id of caseIds) await issueCase(context, id)
      const url = `/api/visit-uploads/${input.operationId}/receipt`
      return created(reply, url, receipt)
    },
  })
  app.route({
    method: 'GET',
    url: '/api/visit-uploads/:operationId/receipt',
    config: { access: 'visits.record' },
    schema: {
      operationId: 'readVisitReceipt',
      tags,
      summary:
        '回执 · what the service holds of an upload; only what is complete may be deleted on the phone',
      params: ofUpload,
      response: { 200: ref(ReceiptView), ...problems },
    },
    handler: async (request) => {
      const { params, actor } = request
      return receiptOf(db.read, await uploadRow(db.read, params.operationId, actor), languageOf(request))
    },
  })
}

function pictureRoutes(app: App, context: AppContext): void {
  const { db } = context
  app.route({
    method: 'PUT',
    url: '/api/visit-uploads/:operationId/pictures/:pictureId',
    config: { access: 'visits.record' },
    schema: {
      operationId: 'addVisitPicture',
      tags,
      summary: '上传走访照片 · one picture under its own id; sent again, it is there once',
      params: Type.Object({ operationId: Id, pictureId: Id }),
      querystring: PictureQuery,
      consumes: ['multipart/form-data'],
      response: { 200: ref(PictureView), ...problems },
    },
    handler: async (request) => {
      const { operationId } = request.params
      const upload = await uploadRow(db.read, operationId, request.actor)
      return takeVisitPicture(context, request, upload, async (tx) => {
        await uploadRow(tx, operationId, request.actor)
      })
    },
  })
}
