/** The visits of this phone: what is tapped is kept at once, and sent whenever the service can be reached. */
import { listSchemes, listStandards, listZones, readMyVisits } from '../../api/operations.ts'
import { ask } from '../../core/ask.ts'
import { me } from '../../core/session.ts'
import { storeOf } from '../../core/store.ts'
import { deviceNow, serverNow } from '../../core/time.ts'
import { newUuid } from '../../core/uuid.ts'
import type { KeptRecord } from '../kept/keeping.ts'
import { disk } from '../kept/seal.ts'
import { wakesWithPage } from '../kept/wakes.ts'
import { allOf } from '../reading.ts'
import { bringingHome } from './bring-home.ts'
import { keptVisits } from './keeping.ts'
import * as kept from './kept.ts'
import type { KeptVisits, Kit, PictureRef, Position, Seen, Work } from './kinds.ts'
import { pictureName, picturesOf, unsentVisits } from './unsent.ts'
import { patrolOf, saw, seenOf, workOf } from './work.ts'

/** Whether this page is the one that holds the visits. One page of a browser at a time: two would write over one another. */
export const holds = storeOf(false)

const queue = bringingHome({ ask, disk, keeping: keptVisits, now: deviceNow })
wakesWithPage(queue)
export const sending = queue.state
export const send = queue.send

export const visitsNow = (): KeptVisits => keptVisits.value.get() ?? kept.nothingKept

let taking: Promise<void> | undefined

/** Takes up what an earlier page left, as soon as no other page has it. */
export function takeUp(): Promise<void> {
  taking ??= new Promise((taken) => {
    const take = async () => {
      const found = (await disk.get('visits')) as KeptRecord<'visits', KeptVisits> | undefined
      // What somebody else left unsent is theirs: nobody goes on with it.
      const others = found && found.user.userId !== me.get()?.userId
      if (others && unsentVisits(found.visits) > 0) return
      keptVisits.value.set(found && !others ? found.visits : kept.nothingKept)
      holds.set(true)
      taken()
      void send()
      // Held until the page is closed.
      await new Promise(() => undefined)
    }
    if (navigator.locks) void navigator.locks.request('muster-visits', take)
    else void take()
  })
  return taking
}

/** Takes everything away from this phone. What was not sent is lost. */
export async function discardVisits(): Promise<void> {
  const pictures = picturesOf(visitsNow())
  queue.stop()
  await keptVisits.discard()
  await disk.remove(pictures)
}

const change = (by: (visits: KeptVisits) => KeptVisits) => keptVisits.put(by(visitsNow()))

/** Reads where to go, and what to look at there. @throws Refused, Unreachable */
export async function refresh(): Promise<void> {
  const packet = await ask(readMyVisits, {})
  if (!holds.get()) return
  const at = deviceNow()
  change((visits) => kept.packed(visits, packet, { at, aheadMs: at - serverNow() }))
  // A phone that is short of room takes away what no page asked it to keep.
  void navigator.storage?.persist?.()
}

const kitHours = 12

/** Reads what a patrol chooses from, unless it was read today. @throws Refused, Unreachable */
export async function refreshKit(): Promise<void> {
  const { kit } = visitsNow()
  if (kit && deviceNow() - kit.at < kitHours * 3600_000) return
  const schemes = await allOf(listSchemes, { query: { state: 'published' } })
  const standards = await Promise.all(
    schemes.map(({ id }) => allOf(listStandards, { params: { schemeId: id }, query: {} })),
  )
  const zones = await allOf(listZones, { query: { closed: false } })
  const fresh: Kit = {
    at: deviceNow(),
    schemes: schemes.map(({ id, name }) => ({ id, name })),
    standards: standards.flat().map(kept.trimmed),
    zones: zones.map(({ id, name, parent }) => ({ id, name, parent: parent?.name ?? '' })),
  }
  if (holds.get()) change((visits) => ({ ...visits, kit: fresh }))
}

/** A visit as it stands: begun, or as the packet has it. */
export function workNow(visits: KeptVisits, id: string): Work | undefined {
  return visits.works.find((work) => work.id === id) ?? workOf(visits, id, deviceNow())
}

/** How many pictures of an observation there are at this moment. */
export function picturesNow(id: string, standardId: string, sequence: number): number {
  const now = workNow(visitsNow(), id)
  return now ? seenOf(now, standardId, sequence).pictures.length : 0
}

/** Changes a visit; the first change begins it. */
export function work(id: string, by: (work: Work) => Work): void {
  const now = workNow(visitsNow(), id)
  if (now) change((visits) => kept.put(visits, by(now)))
}

export function observe(id: string, standardId: string, sequence: number, seen: Partial<Seen>): void {
  work(id, (now) => saw(now, standardId, sequence, seen))
}

/** Begins a patrol. @returns its id */
export function beginPatrol(zone: Kit['zones'][number], schemeId: string): string {
  const id = newUuid()
  change((visits) => kept.put(visits, patrolOf(id, zone, schemeId, deviceNow())))
  return id
}

/** Keeps the bytes of a picture. Only then may anything name it. @throws Error when the phone has no room */
export async function keepPicture(bytes: ArrayBuffer, at: number): Promise<PictureRef> {
  const id = newUuid()
  await disk.put(pictureName(id), bytes)
  return { id, at }
}

export function pictureBytes(id: string): Promise<ArrayBuffer | undefined> {
  return disk.get(pictureName(id)) as Promise<ArrayBuffer | undefined>
}

/** Takes a picture away that somebody does not want, once it is written that nothing names it any more. */
export async function dropPicture(id: string): Promise<void> {
  await keptVisits.written()
  await disk.remove([pictureName(id)])
}

/** Finishes a visit, and sends it. */
export function finish(id: string, position: Position | null): void {
  change((visits) => kept.finished(visits, id, { operationId: newUuid(), at: deviceNow(), position }))
  void send()
}

/** Takes a visit away that was begun, or finished and cannot be sent. What was seen is lost. */
export async function drop(id: string): Promise<void> {
  const { works, uploads } = visitsNow()
  const gone = picturesOf({
    works: works.filter((each) => each.id === id),
    uploads: uploads.filter(({ operationId }) => operationId === id),
  })
  change((visits) => kept.dropped(visits, id))
  await keptVisits.written()
  await disk.remove(gone)
}

/** What was refused is tried once more. */
export function tryAgain(operationId: string): void {
  change((visits) => kept.again(visits, operationId))
  void send()
}

/** What was told was read. */
export const readTold = (): void => change(kept.read)
