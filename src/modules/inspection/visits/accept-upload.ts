import { eq } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { movePictures } from '#platform/pictures/index.ts'
import { refusalErrors } from '../rounds/assign-visits.ts'
import type { Refusal } from '../rounds/assignment-rules.ts'
import type { Today } from '../rounds/concerns.ts'
import { observations, visitUploads } from '../schema.ts'
import type { Acceptance, VisitUpload } from './contract.ts'
import { assertOpen, heldUpload } from './held-uploads.ts'
import { lookedAt } from './looked-at.ts'
import { uploadSubject } from './receipt.ts'
import { takeVisit } from './receive-visit.ts'

type Accepting = Doing & Today & { uploadId: string; version: number; input: Acceptance }

/**
 * Takes an upload that was held as a whole as a patrol of whoever sent it, where the office says it was: what was seen raises
 * cases, and scores nothing. Who must not inspect there does not on patrol either. Entries that do not fit stay word for word.
 * @returns the ids of its cases
 * @throws DomainError `upload.missing`, `version.stale`, `point.missing`, `zone.missing`; conflict `upload.settled`,
 * `upload.taken`, `scheme.not_published`; forbidden `inspector.not_one`, `inspector.unit_needed`, `inspector.own_district`,
 * `inspector.own_line`, `inspector.own_role`
 */
export async function acceptUpload(tx: Writer, accepting: Accepting): Promise<string[]> {
  const { uploadId, version, input, by, at, timeZone } = accepting
  const { row } = await heldUpload(tx, uploadId, by)
  assertVersion(row, version)
  if (row.visitId) throw new DomainError('conflict', 'upload.taken', 'It is a visit already.')
  assertOpen(row)
  const { schemeId, zoneId, pointId = null, note } = input
  const sent = { ...(row.body as VisitUpload), visitId: null, patrol: { schemeId, zoneId, pointId } }
  const seen = { input: sent, inspectorUserId: row.userId, at, timeZone }
  const looked = await lookedAt(tx, seen)
  if ('code' in looked) throw refused(looked.code, input)
  const taken = await takeVisit(tx, looked, { ...seen, receivedAt: row.receivedAt, by })
  const { visitId, caseIds, remarks } = taken
  const lost = remarks.filter(({ kept }) => !kept).length
  const settled = { settledAt: at, settledByUserId: by.userId, settledNote: note }
  await updateVersioned(tx, visitUploads, uploadId, version, { visitId, refused: remarks, lost, ...settled })
  await handPicturesOn(tx, { uploadId, visitId })
  const details = { visitId, cases: caseIds.length }
  await record(tx, { action: 'visit.accepted', subject: `upload:${uploadId}`, by, at, details })
  return caseIds
}

/** Pictures that came with the upload belong to what they show from now on. */
async function handPicturesOn(
  tx: Writer,
  { uploadId, visitId }: { uploadId: string; visitId: string },
): Promise<void> {
  const seen = await tx
    .select({ id: observations.id, pictureIds: observations.pictureIds })
    .from(observations)
    .where(eq(observations.visitId, visitId))
  const from = uploadSubject(uploadId)
  for (const { id, pictureIds } of seen)
    await movePictures(tx, { from, to: `observation:${id}`, ids: pictureIds })
}

function refused(code: string, { pointId, zoneId }: Acceptance): DomainError {
  switch (code) {
    case 'scheme.not_published':
      return new DomainError('conflict', 'scheme.not_published', 'The scheme is not published.')
    case 'point.missing':
      return new DomainError('missing', 'point.missing', 'There is no such point.', { pointId })
    case 'zone.missing':
      return new DomainError('missing', 'zone.missing', 'There is no such zone.', { zoneId })
    default:
      return refusalErrors[code as Refusal]({})
  }
}
