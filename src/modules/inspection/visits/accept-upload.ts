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
import { type UploadRow, uploadSubject } from './receipt.ts'
import { takeVisit } from './receive-visit.ts'
import type { RefusedEntry } from './tables.ts'

type Accepting = Doing & Today & { uploadId: string; version: number; input: Acceptance }

/**
 * Takes what was not taken of an upload as a patrol of whoever sent it, where the office says it was: all of it, or the
 * entries that the office chose. What was seen raises cases, and scores nothing. Who must not inspect there does not on patrol
 * either. Entries that do not fit stay word for word.
 * @returns the ids of its cases
 * @throws DomainError `upload.missing`, `version.stale`, `point.missing`, `zone.missing`; conflict `upload.settled`,
 * `upload.nothing_fits`, `scheme.not_published`; forbidden `inspector.not_one`, `inspector.unit_needed`,
 * `inspector.own_district`, `inspector.own_line`, `inspector.own_role`, `inspector.beyond`
 */
export async function acceptUpload(tx: Writer, accepting: Accepting): Promise<string[]> {
  const { uploadId, version, input, by, at, timeZone } = accepting
  const { row } = await heldUpload(tx, uploadId, by)
  assertVersion(row, version)
  assertOpen(row)
  const { schemeId, zoneId, pointId = null, note } = input
  const body = row.body as VisitUpload
  const asked = entriesAsked(row, input)
  const patrol = { schemeId, zoneId, pointId }
  const sent = {
    ...{ ...body, visitId: null, patrol },
    observations: asked.map((entry) => body.observations[entry]!),
  }
  const seen = { input: sent, inspectorUserId: row.userId, at, timeZone }
  const looked = await lookedAt(tx, seen)
  if ('code' in looked) throw refused(looked.code, input)
  const taken = await takeVisit(tx, looked, { ...seen, receivedAt: row.receivedAt, by })
  const { visitId, caseIds } = taken
  const told = taken.remarks.map((one) => (one.entry === null ? one : { ...one, entry: asked[one.entry]! }))
  const remarks = remarksAfter(row, { asked, told })
  const lost = remarks.filter(({ kept }) => !kept)
  const gone = new Set(lost.map(({ entry }) => entry))
  const onPatrol = asked.filter((entry) => !gone.has(entry))
  if (onPatrol.length === 0)
    throw new DomainError('conflict', 'upload.nothing_fits', 'No entry of it fits there.')
  const became = row.visitId ? { patrolId: visitId, onPatrol } : { visitId }
  const settled = { settledAt: at, settledByUserId: by.userId, settledNote: note }
  const set = { ...became, ...settled, refused: remarks, lost: lost.length }
  await updateVersioned(tx, visitUploads, uploadId, version, set)
  await handPicturesOn(tx, { uploadId, visitId })
  const details = { visitId, entries: onPatrol.length, cases: caseIds.length }
  await record(tx, { action: 'visit.accepted', subject: `upload:${uploadId}`, by, at, details })
  return caseIds
}

/** The entries that were not taken: all of them, unless the office chose some. */
function entriesAsked({ refused, body }: UploadRow, { entries }: Acceptance): number[] {
  const lost = new Set(refused.filter(({ kept }) => !kept).map(({ entry }) => entry))
  const all = [...(body as VisitUpload).observations.keys()].filter(
    (entry) => lost.has(null) || lost.has(entry),
  )
  return entries ? all.filter((entry) => entries.includes(entry)) : all
}

/** What is to be told of each entry now: as before of what was not asked for, anew of what was. */
function remarksAfter(
  { refused, visitId, body }: UploadRow,
  { asked, told }: { asked: readonly number[]; told: RefusedEntry[] },
): RefusedEntry[] {
  const chosen = new Set<number | null>(asked)
  if (visitId !== null) return [...refused.filter(({ entry }) => !chosen.has(entry)), ...told]
  const left = (body as VisitUpload).observations.flatMap(({ pictureIds = [] }, entry): RefusedEntry[] =>
    chosen.has(entry)
      ? []
      : [{ entry, code: 'observation.left_out', kept: false, pictureIds: [...pictureIds] }],
  )
  return [...told, ...left]
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
