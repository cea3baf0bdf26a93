/**
 * Brings visits home: what was seen first, by its operation id, then the pictures one by one by their own ids, then the
 * receipt. Nothing is taken off the phone before the receipt names everything that was sent. It knows of no page and no
 * browser, so that the same code runs wherever somebody wants to see what becomes of a visit when the network is cut.
 */
import { addVisitPicture, readVisitReceipt, uploadVisit, type VisitReceipt } from '../../api/operations.ts'
import type { Operation } from '../../core/operation.ts'
import { Refused, Unreachable } from '../../core/refused.ts'
import type { Disk } from '../kept/disk.ts'
import type { Keeping } from '../kept/keeping.ts'
import { type Queue, queueOf } from '../kept/queue.ts'
import * as kept from './kept.ts'
import type { KeptVisits, PictureRef, Upload } from './kinds.ts'
import { pictureName } from './unsent.ts'
import { momentOf } from './work.ts'

export interface Outside {
  ask<In, Answer>(operation: Operation<In, Answer>, input: In, how?: { key: string }): Promise<Answer>
  disk: Disk
  keeping: Keeping<KeptVisits>
  /** What the clock of the phone shows. */
  now(): number
  retryMs?: number
}

/** The service says no to this one thing: everything else may go on. */
const refusals = [400, 403, 404, 409, 412, 413, 415, 422]

/** The queue of the visits of one phone. */
export function bringingHome({ ask, disk, keeping, now, retryMs }: Outside): Queue {
  const current = () => keeping.value.get() ?? kept.nothingKept
  const change = (by: (visits: KeptVisits) => KeptVisits) => keeping.put(by(current()))

  async function sendVisit({ operationId, body, tried }: Upload): Promise<void> {
    if (!tried) change((visits) => kept.triedOnce(visits, operationId))
    // What is sent is on the phone first: whatever happens in between, it is sent again as the same.
    await keeping.written()
    const receipt = await ask(uploadVisit, { body }, { key: operationId })
    change((visits) => kept.received(visits, receipt))
  }

  async function sendPicture({ operationId, body }: Upload, { id, at }: PictureRef): Promise<void> {
    const bytes = (await disk.get(pictureName(id))) as ArrayBuffer | undefined
    if (!bytes) {
      change((visits) => kept.refused(visits, operationId, { pictureId: id, text: '' }))
      return
    }
    const { latitude, longitude } = body
    const { at: claimedAt, clockOffsetSeconds } = momentOf(at, current().aheadMs)
    const place = latitude == null || longitude == null ? {} : { latitude, longitude }
    const form = new FormData()
    form.append('files', new Blob([bytes], { type: 'image/jpeg' }), 'seen.jpg')
    await ask(addVisitPicture, {
      params: { operationId, pictureId: id },
      query: { claimedAt, clockOffsetSeconds, ...place },
      body: form,
    })
    change((visits) => kept.arrived(visits, operationId, id))
  }

  async function readReceipt(upload: Upload): Promise<void> {
    const { operationId } = upload
    const receipt = await ask(readVisitReceipt, { params: { operationId } })
    if (kept.namesAll(upload, receipt)) return settle(upload, receipt)
    change((visits) => kept.received(visits, receipt))
    if (upload.pictures.every(({ id }) => receipt.pictures.some((each) => each.id === id && each.arrived)))
      change((visits) => kept.refused(visits, operationId, { pictureId: null, text: '' }))
  }

  /** That it is at home is written first; then its pictures may go. */
  async function settle(upload: Upload, receipt: VisitReceipt): Promise<void> {
    change((visits) => kept.settled(visits, receipt, now()))
    await keeping.written()
    await disk.remove(upload.pictures.map(({ id }) => pictureName(id)))
  }

  async function step(): Promise<void> {
    const next = kept.nextStep(current())
    if (!next) return
    const { kind, upload } = next
    const { operationId } = upload
    try {
      if (kind === 'visit') await sendVisit(upload)
      else if (kind === 'picture') await sendPicture(upload, next.picture)
      else await readReceipt(upload)
    } catch (error) {
      if (!(error instanceof Refused) || !refusals.includes(error.problem.status)) throw error
      const { status, text, detail } = error.problem
      if (status === 404 && kind !== 'visit') {
        // A service that was set back to an earlier day: everything is sent again, after a while.
        change((visits) => kept.unknown(visits, operationId))
        throw new Unreachable()
      }
      const pictureId = kind === 'picture' ? next.picture.id : null
      change((visits) => kept.refused(visits, operationId, { pictureId, text: text || detail }))
    }
  }

  return queueOf({
    has: () => kept.nextStep(current()) !== undefined,
    step,
    ...(retryMs === undefined ? {} : { retryMs }),
  })
}
