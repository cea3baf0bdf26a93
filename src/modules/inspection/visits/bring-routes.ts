import Type from 'typebox'
import { created } from '#platform/http/created.ts'
import { languageOf } from '#platform/http/language.ts'
import { Body, Id, problems, ref } from '#platform/http/schemas.ts'
import type { App } from '#platform/http/server.ts'
import { PictureQuery, PictureView } from '#platform/pictures/index.ts'
import type { AppContext } from '#src/context.ts'
import { issueCase } from '../cases/issue-case.ts'
import { bringVisit, broughtUpload } from './bring-visit.ts'
import { ReceiptView, VisitUpload } from './contract.ts'
import { receiptOf } from './receipt.ts'
import { takeVisitPicture } from './take-visit-picture.ts'
import { heldTexts } from './words.ts'

const tags = ['走访 · visits']

/** 手机文件: visits that a phone saved as a file because it could not send them. */
export function bringRoutes(app: App, context: AppContext): void {
  const { db, now, config } = context
  app.route({
    method: 'POST',
    url: '/api/rounds/:roundId/visit-uploads',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'bringVisit',
      tags,
      summary:
        '导入手机文件 · a visit from a file of a phone, judged as if the phone had sent it, once for its operation id',
      params: Type.Object({ roundId: Id }),
      body: Body({ inspectorUserId: Id, visit: VisitUpload }),
      response: { 201: ref(ReceiptView), ...problems },
    },
    handler: async (request, reply) => {
      const { params, body, actor: by } = request
      const { inspectorUserId, visit: input } = body
      const bringing = { ...params, inspectorUserId, input, by, at: now(), timeZone: config.timeZone }
      const { operationId } = input
      const { caseIds, receipt } = await db.transaction(async (tx) => {
        const { caseIds } = await bringVisit(tx, bringing)
        const upload = await broughtUpload(tx, { ...params, operationId, by })
        return { caseIds, receipt: await receiptOf(tx, upload, languageOf(request), heldTexts) }
      })
      for (const id of caseIds) await issueCase(context, id)
      const { id, visitId } = receipt
      return created(reply, visitId ? `/api/visits/${visitId}` : `/api/held-uploads/${id}`, receipt)
    },
  })
  app.route({
    method: 'PUT',
    url: '/api/rounds/:roundId/visit-uploads/:operationId/pictures/:pictureId',
    config: { access: 'rounds.run' },
    schema: {
      operationId: 'bringVisitPicture',
      tags,
      summary:
        '导入手机文件中的照片 · one picture of the file under its own id; sent again, it is there once',
      params: Type.Object({ roundId: Id, operationId: Id, pictureId: Id }),
      querystring: PictureQuery,
      consumes: ['multipart/form-data'],
      response: { 200: ref(PictureView), ...problems },
    },
    handler: async (request) => {
      const { params, actor: by } = request
      const upload = await broughtUpload(db.read, { ...params, by })
      return takeVisitPicture(context, request, upload, async (tx) => {
        await broughtUpload(tx, { ...params, by })
      })
    },
  })
}
