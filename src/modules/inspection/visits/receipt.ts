import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { pictures } from '#platform/pictures/index.ts'
import { isoOf } from '#platform/time.ts'
import { observations, visitUploads } from '../schema.ts'
import type { ReceiptView, VisitUpload } from './contract.ts'
import { remarkTexts } from './words.ts'

export type UploadRow = typeof visitUploads.$inferSelect
type Language = 'zh' | 'en'

export const uploadSubject = (id: string) => `upload:${id}`

/** An upload of one's own, or any of them for whoever runs all rounds. @throws DomainError `upload.missing` */
export async function uploadRow(db: Reader, operationId: string, reader: Actor): Promise<UploadRow> {
  const [row] = await db.select().from(visitUploads).where(eq(visitUploads.operationId, operationId))
  const runsAll = may(reader, 'rounds.run') && reachOf(reader, 'rounds.run').everything
  if (!row || (row.userId !== reader.userId && !runsAll))
    throw new DomainError('missing', 'upload.missing', 'There is no such upload.', { operationId })
  return row
}

/** What an upload said, with what became of each entry: of the visit, or of the patrol as which an office took it. */
export async function entriesOf(db: Reader, upload: UploadRow) {
  const { observations: sent } = upload.body as VisitUpload
  const seenOn = async (visitId: string | null) =>
    visitId === null
      ? []
      : db
          .select()
          .from(observations)
          .where(eq(observations.visitId, visitId))
          .orderBy(asc(observations.createdAt), asc(observations.id))
  const seen = await seenOn(upload.visitId)
  const patrolled = await seenOn(upload.patrolId)
  const onPatrol = new Set(upload.onPatrol ?? [])
  const lost = new Set(upload.refused.filter(({ kept }) => !kept).map(({ entry }) => entry))
  const all = lost.has(null)
  return sent.map(({ standardId, sequence = 1, pictureIds = [] }, entry) => {
    const taken = !all && !lost.has(entry)
    // What an appeal changed later has the same place: the first one is what the phone sent.
    const found = taken
      ? (onPatrol.has(entry) ? patrolled : seen).find(
          (each) => each.standardId === standardId && each.sequence === sequence,
        )
      : undefined
    return { entry, observation: found ?? null, pictureIds }
  })
}

/** 回执: every id that the service holds of an upload. Two or three statements. */
export async function receiptOf(
  db: Reader,
  upload: UploadRow,
  language: Language,
  texts: typeof remarkTexts = remarkTexts,
): Promise<ReceiptView> {
  const entries = await entriesOf(db, upload)
  const listed = new Map<string, number>()
  for (const { entry, pictureIds } of entries)
    for (const id of pictureIds) if (!listed.has(id)) listed.set(id, entry)
  const there = await picturesThere(db, upload, [...listed.keys()])
  const unlisted = [...there].filter((id) => !listed.has(id))
  const shown = [
    ...[...listed].map(([id, entry]) => ({ id, entry, arrived: there.has(id) })),
    ...unlisted.map((id) => ({ id, entry: null, arrived: true })),
  ]
  return {
    id: upload.id,
    operationId: upload.operationId,
    visitId: upload.visitId,
    held: upload.visitId === null,
    receivedAt: isoOf(upload.receivedAt),
    entries: entries.map(({ entry, observation }) => ({ entry, observationId: observation?.id ?? null })),
    remarks: remarksOf(upload, language, texts),
    pictures: shown,
    complete: shown.every(({ arrived }) => arrived),
    caseIds: [...new Set(entries.flatMap(({ observation }) => observation?.caseId ?? []))],
  }
}

/** @param texts for whom they are: whoever sent it, unless told otherwise */
export function remarksOf(
  { refused }: UploadRow,
  language: Language,
  texts: typeof remarkTexts = remarkTexts,
): ReceiptView['remarks'] {
  return refused.map(({ entry, code, kept }) => ({
    entry,
    code,
    text: texts[code]?.[language] ?? code,
    kept,
  }))
}

async function picturesThere(db: Reader, upload: UploadRow, ids: readonly string[]): Promise<Set<string>> {
  const named = await db
    .select({ id: pictures.id })
    .from(pictures)
    .where(and(inArray(pictures.id, [...ids]), eq(pictures.byUserId, upload.userId)))
  const beside = await db
    .select({ id: pictures.id })
    .from(pictures)
    .where(eq(pictures.subject, uploadSubject(upload.id)))
  return new Set([...named, ...beside].map(({ id }) => id))
}

/**
 * What a picture of an upload is about: the observation that named it, else the upload itself, so that none is lost. What was
 * named is taken however many there are: of a visit that is held as a whole all pictures are the upload's.
 */
export async function subjectOf(
  db: Reader,
  upload: UploadRow,
  pictureId: string,
): Promise<{ subject: string; max?: number }> {
  const entries = await entriesOf(db, upload)
  const named = entries.find(({ pictureIds }) => pictureIds.includes(pictureId))
  if (named?.observation) return { subject: `observation:${named.observation.id}` }
  const subject = uploadSubject(upload.id)
  return named ? { subject, max: Number.POSITIVE_INFINITY } : { subject }
}
