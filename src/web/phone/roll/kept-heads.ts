/**
 * Heads that were counted on the phone and not yet taken by the service, kept with the roll and sent like its taps. Pure:
 * values in, values out.
 */
import type { KeptRoll } from './kept.ts'

/** Heads of a team that were promised without names. */
export interface Allotted {
  id: string
  team: string
  unnamed: number
}

export interface Numbers {
  present: number
  adults: number
  companions: number
}

/** One count that waits for an answer. `tried`: it was sent once, so it carries its time from then on. */
export interface Count extends Numbers {
  operationId: string
  at: number
  tried: boolean
}

/** What became of the last count: taken at this time, or refused in these words. */
export interface Told extends Numbers {
  at: string
  refused?: string
}

export interface KeptHeads {
  allotted: Allotted[]
  counts: Record<string, Count>
  told: Record<string, Told>
}

/** Milliseconds in which a count is sent as one of the present moment. */
const liveMs = 20_000

export const noHeads: KeptHeads = { allotted: [], counts: {}, told: {} }

/** A roll that an older page kept has none. */
export const headsOf = ({ heads = noHeads }: Pick<KeptRoll, 'heads'>): KeptHeads => heads

const change = (roll: KeptRoll, heads: Partial<KeptHeads>): KeptRoll => ({
  ...roll,
  heads: { ...headsOf(roll), ...heads },
})

const without = <Value>(all: Record<string, Value>, id: string) =>
  Object.fromEntries(Object.entries(all).filter(([each]) => each !== id))

/** Counts the heads of a team, in the place of what was counted before. */
export function counted(
  roll: KeptRoll,
  id: string,
  count: Numbers & Pick<Count, 'operationId' | 'at'>,
): KeptRoll {
  const { counts, told } = headsOf(roll)
  return change(roll, { counts: { ...counts, [id]: { ...count, tried: false } }, told: without(told, id) })
}

/** The count to be sent next. */
export function nextCount(roll: KeptRoll): [id: string, count: Count] | undefined {
  return Object.entries(headsOf(roll).counts)[0]
}

export const uncountedOf = (roll: KeptRoll): number => Object.keys(headsOf(roll).counts).length

/** What a count sends: one that had to wait carries its time, and the stamp the roll was loaded with. */
export function countBody({ stamp, loadedAt }: KeptRoll, count: Count, now: number) {
  const { operationId, present, adults, companions, at, tried } = count
  const numbers = { operationId, present, adults, companions }
  if (!tried && now >= at && now - at <= liveMs) return numbers
  const iso = (ms: number) => new Date(ms).toISOString()
  return { ...numbers, at: iso(at), offline: { stamp, loadedAt: iso(loadedAt), sentAt: iso(now) } }
}

/** No answer came: from now on every count carries its time. */
export function uncounted(roll: KeptRoll): KeptRoll {
  const { counts } = headsOf(roll)
  const tried = Object.entries(counts).map(([id, count]) => [id, { ...count, tried: true }])
  return change(roll, { counts: Object.fromEntries(tried) })
}

/** The service answered a count. Another one that was made meanwhile is still to be sent. */
export function told(roll: KeptRoll, id: string, sent: Count, answer: Told): KeptRoll {
  const { counts, told: before } = headsOf(roll)
  if (counts[id]?.operationId !== sent.operationId) return roll
  return change(roll, { counts: without(counts, id), told: { ...before, [id]: answer } })
}

/** Refusals that nobody read yet. */
export const refusedOf = (roll: KeptRoll): number =>
  Object.values(headsOf(roll).told).filter(({ refused }) => refused !== undefined).length

/** A refusal was read. */
export function readRefusal(roll: KeptRoll, id: string): KeptRoll {
  return change(roll, { told: without(headsOf(roll).told, id) })
}

/** The same roll loaded again: what waits, and what was answered, stays. */
export function renewedHeads(before: KeptRoll, fresh: KeptHeads): KeptHeads {
  const { counts, told: answers } = headsOf(before)
  return { ...fresh, counts, told: answers }
}
