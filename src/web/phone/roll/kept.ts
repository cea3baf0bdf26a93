/**
 * A roll as the phone keeps it: who is on it, what was tapped and not yet taken by the service, and what the service
 * answered. Pure: values in, values out. Times are those of the phone's clock; the stamp alone is the service's.
 */
import type { RollMark, RollResult } from '#modules/attendance/words.ts'
import { type KeptHeads, noHeads, refusedOf, renewedHeads, uncountedOf } from './kept-heads.ts'

/** How somebody was when the roll was loaded; `stated`: they checked in themselves, and nobody confirmed it. */
export type Before = 'open' | 'stated' | 'present' | 'left' | 'no'

export interface Place {
  assignmentId: string
  name: string
  team: string | null
  before: Before
}

export interface Mark {
  is: RollMark
  at: number
}

export interface Batch {
  operationId: string
  /** Sent as it was tapped: the service is asked while everybody still stands there. */
  live: boolean
  marks: Record<string, Mark>
}

export interface Taken extends Mark {
  result: RollResult
}

export interface ShiftOfRoll {
  shiftId: string
  zone: string
  work: string
  event: string
  timeZone: string
  startsAt: string
  endsAt: string
}

export interface KeptRoll {
  shift: ShiftOfRoll
  stamp: string
  loadedAt: number
  places: Place[]
  /** Tapped, and not yet in a batch. */
  marks: Record<string, Mark>
  /** Sent, and not yet answered: sent again as it is until there is an answer. */
  batch: Batch | null
  taken: Record<string, Taken>
  /** Answers that somebody has to read. */
  unread: string[]
  /** Heads without names. Absent in a roll that an older page kept. */
  heads?: KeptHeads
}

/** Milliseconds in which a tap is sent as one of the present moment. */
const liveMs = 20_000
/** Results that say nothing more than what was tapped. */
const plain: readonly RollResult[] = ['recorded', 'confirmed', 'already', 'left', 'absent', 'undone']

/** Results that mean that nothing was recorded. */
const refusals: readonly RollResult[] = ['not_open', 'over', 'moved', 'cancelled', 'handed_over', 'missing']

export function newRoll(
  shift: ShiftOfRoll,
  { heads = noHeads, ...loaded }: Pick<KeptRoll, 'stamp' | 'loadedAt' | 'places' | 'heads'>,
): KeptRoll {
  return { shift, ...loaded, marks: {}, batch: null, taken: {}, unread: [], heads }
}

/**
 * The same roll loaded again. Who came is known to the service now; that somebody is not here it does not keep, and what
 * nobody read yet stays.
 */
export function renewed(before: KeptRoll, fresh: KeptRoll): KeptRoll {
  const { taken, unread } = before
  const came = new Set(
    fresh.places.flatMap(({ assignmentId, before }) => (before === 'present' ? assignmentId : [])),
  )
  const stays = Object.entries(taken).filter(
    ([id, { is }]) => unread.includes(id) || (is === 'absent' && !came.has(id)),
  )
  const heads = renewedHeads(before, fresh.heads ?? noHeads)
  return { ...fresh, taken: Object.fromEntries(stays), unread, heads }
}

/** The last that was tapped for somebody, whether the service has it or not. */
export function markOf(roll: KeptRoll, id: string): (Mark & { waits: boolean }) | undefined {
  const waiting = roll.marks[id] ?? roll.batch?.marks[id]
  if (waiting) return { ...waiting, waits: true }
  const taken = roll.taken[id]
  return taken && { ...taken, waits: false }
}

export type Shown = 'here' | 'stated' | 'absent' | 'left' | 'no' | 'open' | 'pending' | 'refused'

/** What the roll shows for somebody. */
export function shownOf(roll: KeptRoll, { assignmentId, before }: Place): Shown {
  const mark = markOf(roll, assignmentId)
  if (mark && !mark.waits) {
    const result = roll.taken[assignmentId]?.result
    if (result === 'pending') return 'pending'
    if (result && refusals.includes(result)) return 'refused'
  }
  if (mark) return mark.is === 'present' ? 'here' : mark.is
  return before === 'present' ? 'here' : before
}

export function marked(roll: KeptRoll, ids: readonly string[], is: RollMark, at: number): KeptRoll {
  const added = Object.fromEntries(ids.map((id) => [id, { is, at }]))
  return { ...roll, marks: { ...roll.marks, ...added } }
}

/** Those nobody said anything about yet, and whose own word nobody confirmed. */
export function restOf(roll: KeptRoll): string[] {
  return roll.places
    .filter((place) => ['open', 'stated'].includes(shownOf(roll, place)))
    .map(({ assignmentId }) => assignmentId)
}

const untakenOf = ({ marks, batch }: KeptRoll): number =>
  new Set([...Object.keys(marks), ...Object.keys(batch?.marks ?? {})]).size

/** What the service has not taken yet: taps, and counts of heads. */
export const unsentOf = (roll: KeptRoll): number => untakenOf(roll) + uncountedOf(roll)

/** Puts what was tapped into a batch, unless one is under way. */
export function batched(roll: KeptRoll, operationId: string, now: number): KeptRoll {
  if (roll.batch || Object.keys(roll.marks).length === 0) return roll
  const some = Object.entries(roll.marks).slice(0, 500)
  const live = some.every(([, { at }]) => now >= at && now - at <= liveMs)
  const left = Object.fromEntries(Object.entries(roll.marks).slice(500))
  return { ...roll, marks: left, batch: { operationId, live, marks: Object.fromEntries(some) } }
}

/** No answer came: from now on the batch carries the times of its taps. */
export function unanswered(roll: KeptRoll): KeptRoll {
  return roll.batch?.live ? { ...roll, batch: { ...roll.batch, live: false } } : roll
}

/** What a batch sends. */
export function bodyOf({ stamp, loadedAt }: KeptRoll, batch: Batch, now: number) {
  const iso = (ms: number) => new Date(ms).toISOString()
  const entries = Object.entries(batch.marks).map(([assignmentId, { is, at }]) => ({
    assignmentId,
    is,
    ...(batch.live ? {} : { at: iso(at) }),
  }))
  const offline = { stamp, loadedAt: iso(loadedAt), sentAt: iso(now) }
  return { operationId: batch.operationId, entries, ...(batch.live ? {} : { offline }) }
}

/** The service answered, for each entry by itself. */
export function answered(
  roll: KeptRoll,
  answers: readonly { assignmentId: string; result: RollResult }[],
): KeptRoll {
  const sent = roll.batch?.marks ?? {}
  const taken = { ...roll.taken }
  const unread = new Set(roll.unread)
  for (const { assignmentId, result } of answers) {
    const mark = sent[assignmentId]
    if (!mark) continue
    taken[assignmentId] = { ...mark, result }
    if (plain.includes(result)) unread.delete(assignmentId)
    else unread.add(assignmentId)
  }
  return { ...roll, batch: null, taken, unread: [...unread] }
}

export const read = (roll: KeptRoll): KeptRoll => ({ ...roll, unread: [] })

/** Nothing of it is needed any more: everybody is marked, everything answered, and every answer read. */
export function isDone(roll: KeptRoll): boolean {
  const nothingToRead = roll.unread.length === 0 && refusedOf(roll) === 0
  return unsentOf(roll) === 0 && nothingToRead && restOf(roll).length === 0
}

/** The service's time when the roll was loaded, in milliseconds: the first part of its stamp. */
export const stampedAt = ({ stamp }: KeptRoll): number => Number(stamp.split('.')[0])

/** Whether its names may be kept no longer: 24 hours after the end. */
export function isOld(roll: KeptRoll, now: number): boolean {
  const serviceNow = stampedAt(roll) + (now - roll.loadedAt)
  return serviceNow > Date.parse(roll.shift.endsAt) + 24 * 3600_000
}
