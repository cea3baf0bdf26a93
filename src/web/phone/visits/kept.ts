/**
 * The visits of an inspector as the phone keeps them: where to go, what was seen and is not finished, what is finished and not
 * at home yet, and what became of the rest. Pure: values in, values out.
 */
import type { VisitPacket, VisitReceipt } from '../../api/operations.ts'
import type { KeptVisits, PacketVisit, PhoneStandard, PictureRef, Taken, Upload, Work } from './kinds.ts'
import { bodyOf, type Finish } from './work.ts'

export const nothingKept: KeptVisits = {
  aheadMs: 0,
  packet: null,
  kit: null,
  works: [],
  uploads: [],
  taken: [],
}

/** What the phone needs of a standard. */
export function trimmed(standard: PhoneStandard): PhoneStandard {
  const { id, schemeId, code, text, pointClass, answer, observations, mayNotApply, photo } = standard
  return { id, schemeId, code, text, pointClass, answer, observations, mayNotApply, photo }
}

/** The packet as it was read just now, in the place of the one before. What was begun stays as it is. */
export function packed(
  kept: KeptVisits,
  { visits, standards }: VisitPacket,
  { at, aheadMs }: { at: number; aheadMs: number },
): KeptVisits {
  return { ...kept, aheadMs, packet: { at, visits, standards: standards.map(trimmed) } }
}

/** Where one has still to go. */
export function toVisit({ packet, works, uploads, taken }: KeptVisits): PacketVisit[] {
  const known = new Set([
    ...works.map(({ visitId }) => visitId),
    ...uploads.map(({ body }) => body.visitId),
    ...taken.map(({ visitId }) => visitId),
  ])
  return packet?.visits.filter(({ id }) => !known.has(id)) ?? []
}

/** Puts a work, in the place of the one before. */
export function put(kept: KeptVisits, work: Work): KeptVisits {
  const others = kept.works.filter(({ id }) => id !== work.id)
  return { ...kept, works: [...others, work] }
}

/** Finishes a visit: from now on it is sent as it is. */
export function finished(kept: KeptVisits, workId: string, finish: Finish): KeptVisits {
  const work = kept.works.find(({ id }) => id === workId)
  if (!work) return kept
  const { operationId, at } = finish
  const upload: Upload = {
    ...{ operationId, title: work.title, place: work.place, finishedAt: at },
    body: bodyOf(work, kept.aheadMs, finish),
    pictures: Object.values(work.seen).flatMap(({ pictures }) => pictures),
    ...{ tried: false, received: false, arrived: [], refused: [] },
  }
  const works = kept.works.filter(({ id }) => id !== workId)
  return { ...kept, works, uploads: [...kept.uploads, upload] }
}

/** Takes away what somebody does not want to send: a visit that was begun, or one that is finished. */
export function dropped(kept: KeptVisits, id: string): KeptVisits {
  return {
    ...kept,
    works: kept.works.filter((work) => work.id !== id),
    uploads: kept.uploads.filter(({ operationId }) => operationId !== id),
  }
}

const change = (
  kept: KeptVisits,
  operationId: string,
  by: (upload: Upload) => Partial<Upload>,
): KeptVisits => ({
  ...kept,
  uploads: kept.uploads.map((each) => (each.operationId === operationId ? { ...each, ...by(each) } : each)),
})

export const triedOnce = (kept: KeptVisits, operationId: string): KeptVisits =>
  change(kept, operationId, () => ({ tried: true }))

/** The service has what was seen. Pictures that it has already are not sent again. */
export function received(kept: KeptVisits, { operationId, pictures }: VisitReceipt): KeptVisits {
  const arrived = pictures.flatMap((picture) => (picture.arrived ? picture.id : []))
  return change(kept, operationId, () => ({ received: true, arrived }))
}

/** The service knows nothing of it any more: it is sent from the beginning. */
export const unknown = (kept: KeptVisits, operationId: string): KeptVisits =>
  change(kept, operationId, () => ({ received: false, arrived: [] }))

export const arrived = (kept: KeptVisits, operationId: string, pictureId: string): KeptVisits =>
  change(kept, operationId, (upload) => ({ arrived: [...upload.arrived, pictureId] }))

/** The service does not take a picture, or (null) the whole. It stays on the phone. */
export const refused = (
  kept: KeptVisits,
  operationId: string,
  refusal: { pictureId: string | null; text: string },
): KeptVisits => change(kept, operationId, (upload) => ({ refused: [...upload.refused, refusal] }))

/** What was refused is tried once more. */
export const again = (kept: KeptVisits, operationId: string): KeptVisits =>
  change(kept, operationId, () => ({ refused: [], received: false }))

export type Step =
  | { kind: 'visit'; upload: Upload }
  | { kind: 'picture'; upload: Upload; picture: PictureRef }
  | { kind: 'receipt'; upload: Upload }

/** What is sent next: visits before pictures, because a visit says what its pictures are of. */
export function nextStep({ uploads }: KeptVisits): Step | undefined {
  const open = uploads.filter(({ refused: no }) => !no.some(({ pictureId }) => pictureId === null))
  const unreceived = open.find((upload) => !upload.received)
  if (unreceived) return { kind: 'visit', upload: unreceived }
  for (const upload of open) {
    const picture = upload.pictures.find(({ id }) => !upload.arrived.includes(id) && !isRefused(upload, id))
    if (picture) return { kind: 'picture', upload, picture }
    if (upload.refused.length === 0) return { kind: 'receipt', upload }
  }
  return undefined
}

const isRefused = ({ refused: no }: Upload, id: string) => no.some(({ pictureId }) => pictureId === id)

/** Whether a receipt names everything that was sent: each entry as taken or held, each picture as arrived. */
export function namesAll({ operationId, body, pictures }: Upload, receipt: VisitReceipt): boolean {
  const held = new Set(receipt.remarks.flatMap(({ entry, kept }) => (kept ? [] : [entry])))
  const there = new Set(receipt.pictures.flatMap((picture) => (picture.arrived ? picture.id : [])))
  const entries = new Map(receipt.entries.map(({ entry, observationId }) => [entry, observationId]))
  return (
    receipt.operationId === operationId &&
    receipt.complete &&
    body.observations.every((_, n) => entries.get(n) != null || held.has(n) || held.has(null)) &&
    pictures.every(({ id }) => there.has(id))
  )
}

/** An upload is at home: only what became of it stays. */
export function settled(kept: KeptVisits, receipt: VisitReceipt, at: number): KeptVisits {
  const upload = kept.uploads.find(({ operationId }) => operationId === receipt.operationId)
  if (!upload) return kept
  const { operationId, title, body, pictures } = upload
  const told: Taken = {
    ...{ operationId, visitId: body.visitId ?? null, title, at, held: receipt.held },
    ...{ cases: receipt.caseIds.length, pictures: pictures.length },
    remarks: receipt.remarks.map(({ text, kept: taken }) => ({ text, kept: taken })),
  }
  const uploads = kept.uploads.filter((each) => each !== upload)
  return { ...kept, uploads, taken: [told, ...kept.taken] }
}

/** What was told was read. */
export const read = (kept: KeptVisits): KeptVisits => ({ ...kept, taken: [] })
