import type { FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { readInstant } from '#modules/events/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { type PictureQuery, presentPicture, takePicture } from '#platform/pictures/index.ts'
import type { AppContext } from '#src/context.ts'
import { issueCase } from '../cases/issue-case.ts'
import { placeOfVisit } from './place-of-visit.ts'
import { receiptOf, subjectOf, type UploadRow } from './receipt.ts'
import { visitOfUpload } from './visit-queries.ts'

/** One picture of an upload, kept as of whoever made the visit, whoever brings it; the cases that waited for it are issued. */
export async function takeVisitPicture(
  context: AppContext,
  request: FastifyRequest,
  upload: UploadRow,
  permit: (tx: Writer) => Promise<void>,
) {
  const { db, now } = context
  const { pictureId } = request.params as { pictureId: string }
  const query = request.query as Static<typeof PictureQuery>
  const where = await visitOfUpload(db.read, upload.visitId)
  const { claimedAt, clockOffsetSeconds = null, stage = 'before' } = query
  const picture = {
    ...{ id: pictureId, stage, clockOffsetSeconds, byUserId: upload.userId },
    ...(await subjectOf(db.read, upload, pictureId)),
    claimedAt: claimedAt ? readInstant(claimedAt) : null,
    place: where ? await placeOfVisit(db.read, where, query) : ('none' as const),
  }
  const row = await takePicture(context, request, picture, now(), permit)
  const { caseIds } = await receiptOf(db.read, upload, 'zh')
  for (const id of caseIds) await issueCase(context, id)
  return presentPicture(row)
}
