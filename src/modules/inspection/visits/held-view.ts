import { inArray } from 'drizzle-orm'
import { readInstant } from '#modules/events/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { type PictureRow, picturesOf, presentPicture } from '#platform/pictures/index.ts'
import { isoOf } from '#platform/time.ts'
import { standards } from '../schema.ts'
import type { HeldUploadView, VisitUpload, WholeHeldUploadView } from './contract.ts'
import { type PlaceOfUpload, placesOfUploads } from './held-places.ts'
import { entriesOf, remarksOf, type UploadRow, uploadSubject } from './receipt.ts'
import { heldTexts } from './words.ts'

type Language = 'zh' | 'en'
interface Found {
  row: UploadRow
  user: { id: string; name: string }
}

/** An upload as it stands in the list of those that wait for a decision. */
export function presentHeld(
  { row, user }: Found,
  places: ReadonlyMap<string, PlaceOfUpload>,
  language: Language,
): HeldUploadView {
  const { id, version, operationId, userId, visitId, patrolId, receivedAt, settledAt, settledNote, body } =
    row
  return {
    ...{ id, version, operationId, userId, user, visitId, patrolId, settledNote },
    receivedAt: isoOf(receivedAt),
    place: places.get(id) ?? null,
    observations: (body as VisitUpload).observations.length,
    remarks: remarksOf(row, language, heldTexts),
    settledAt: settledAt && isoOf(settledAt),
  }
}

/** An upload with each entry: what was seen, what is to be told of it, its pictures, and what became of it. */
export async function presentWholeHeld(
  db: Reader,
  found: Found,
  language: Language,
): Promise<WholeHeldUploadView> {
  const { row } = found
  const sent = row.body as VisitUpload
  const held = presentHeld(found, await placesOfUploads(db, [row]), language)
  const known = await db
    .select({
      id: standards.id,
      code: standards.code,
      text: standards.text,
      pointClass: standards.pointClass,
    })
    .from(standards)
    .where(inArray(standards.id, [...new Set(sent.observations.map(({ standardId }) => standardId))]))
  const entries = await entriesOf(db, row)
  const subjects = entries.flatMap(({ observation }) =>
    observation ? [`observation:${observation.id}`] : [],
  )
  const arrived = await picturesOf(db, [uploadSubject(row.id), ...subjects])
  const named = new Set(entries.flatMap(({ pictureIds }) => pictureIds))
  const open = row.settledAt === null
  return {
    ...held,
    sent: row.body,
    startedAt: isoOf(readInstant(sent.startedAt)),
    endedAt: isoOf(readInstant(sent.endedAt)),
    entries: entries.map(({ entry, observation, pictureIds }) => {
      const { standardId, sequence = 1, answer = null, count = null, note = null } = sent.observations[entry]!
      const own = arrived.filter(({ id }) => pictureIds.includes(id))
      return {
        ...{ entry, sequence, answer, count, note },
        standard: known.find(({ id }) => id === standardId) ?? null,
        observationId: observation?.id ?? null,
        remarks: held.remarks.filter((remark) => remark.entry === entry),
        pictures: shown(own),
        awaited: pictureIds.filter((id) => !own.some((each) => each.id === id)).length,
      }
    }),
    pictures: shown(arrived.filter(({ id }) => !named.has(id))),
    allowed: { settle: open, accept: open },
  }
}

const shown = (some: readonly PictureRow[]) =>
  some.filter(({ hiddenAt }) => hiddenAt === null).map(presentPicture)
