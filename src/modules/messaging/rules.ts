import type { DateTime } from 'luxon'
import type { Lane, MessageState } from './words.ts'
import { lanes } from './words.ts'

/**
 * Which state may follow which. Nothing moves backwards, with two exceptions: a provider that certainly did not take
 * a message gives it back to the queue, and so does a look-up that proves it was never taken.
 */
const following: Record<MessageState, readonly MessageState[]> = {
  queued: ['sending', 'expired', 'suppressed', 'cancelled', 'dead'],
  sending: [
    'queued',
    'accepted',
    'sent',
    'delivered',
    'undelivered',
    'unknown',
    'expired',
    'suppressed',
    'cancelled',
    'dead',
  ],
  unknown: ['queued', 'accepted', 'sent', 'delivered', 'undelivered'],
  accepted: ['sent', 'delivered', 'undelivered'],
  sent: ['delivered', 'undelivered'],
  delivered: [],
  undelivered: [],
  expired: [],
  suppressed: [],
  cancelled: [],
  dead: [],
}

export function mayFollow(from: MessageState, to: MessageState): boolean {
  return following[from].includes(to)
}

/** The states from which a message may move to `to`. */
export function statesBefore(to: MessageState): MessageState[] {
  return (Object.keys(following) as MessageState[]).filter((from) => mayFollow(from, to))
}

/** What a person may send again. `unknown` among them: the receiver may then get it twice, which is theirs to weigh. */
export const resendable: readonly MessageState[] = ['dead', 'undelivered', 'unknown', 'expired', 'suppressed']

export function laneRank(lane: Lane): number {
  return lanes.indexOf(lane)
}

/** Local hours in which nobody is disturbed; `from` may be later than `to`, across midnight. */
export interface QuietHours {
  from: string
  to: string
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/**
 * The first moment at or after `at` outside quiet hours in that zone of time. Half-open: at `to` one may send.
 * Goes by the wall clock, so a day of changed clocks keeps its hours.
 */
export function afterQuietHours(at: DateTime, zone: string, quiet: QuietHours | undefined): DateTime {
  if (!quiet || quiet.from === quiet.to) return at
  const local = at.setZone(zone)
  const minute = local.hour * 60 + local.minute
  const from = minuteOf(quiet.from)
  const to = minuteOf(quiet.to)
  const isQuiet = from < to ? from <= minute && minute < to : from <= minute || minute < to
  if (!isQuiet) return at
  const day = from > to && minute >= from ? local.plus({ days: 1 }) : local
  return day
    .startOf('day')
    .set({ hour: Math.floor(to / 60), minute: to % 60 })
    .toUTC()
}

/** The last moment before `at` outside quiet hours: their beginning when `at` lies within. */
export function beforeQuietHours(at: DateTime, zone: string, quiet: QuietHours | undefined): DateTime {
  if (!quiet || afterQuietHours(at, zone, quiet) === at) return at
  const local = at.setZone(zone)
  const from = minuteOf(quiet.from)
  const day = local.hour * 60 + local.minute < from ? local.minus({ days: 1 }) : local
  const start = day.startOf('day').set({ hour: Math.floor(from / 60), minute: from % 60 })
  return start.minus({ minutes: 1 }).toUTC()
}

/** Tries before a message is dead. With full jitter the last comes about an hour after the first. */
export const attemptsMax = 8
const backoffFirstMs = 15_000
const backoffMaxMs = 30 * 60_000

/**
 * How long to wait before trying again: "full jitter", anything up to a bound that doubles with every try, and never
 * less than the provider asked for. `random` gives [0, 1).
 */
export function retryDelayMs(
  attempts: number,
  retryAfterMs: number | undefined,
  random: () => number,
): number {
  const bound = Math.min(backoffMaxMs, backoffFirstMs * 2 ** Math.max(0, attempts - 1))
  return Math.round((retryAfterMs ?? 0) + random() * bound)
}

/**
 * A contact that was made up for demonstrations and tests: a mobile number beginning with 154, which was never given to
 * anybody, or an address in a domain reserved for the purpose (RFC 2606, RFC 6761). Errs on the side of silence: a
 * number of another country that begins alike counts as made up, too.
 */
export function isSynthetic(to: string): boolean {
  if (to.includes('@'))
    return /(?:[@.])(?:example(?:\.(?:com|net|org|cn))?|invalid|test|localhost)$/i.test(to)
  const digits = to.normalize('NFKC').replace(/\D/g, '')
  return /^(?:0*86)?0*154/.test(digits)
}
