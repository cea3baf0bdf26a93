import type { DateTime } from 'luxon'
import type { Lane, MessageState } from './words.ts'
import { lanes } from './words.ts'

/**
 * The allowed transitions of messages. States move forward, with two exceptions: `sending` returns to the queue when
 * the provider certainly did not take the message, and `unknown` does when a look-up proves the same.
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

/** Whether a message may change from one state to the other. */
export function mayFollow(from: MessageState, to: MessageState): boolean {
  return following[from].includes(to)
}

/** The states from which a message may change to `to`. */
export function statesBefore(to: MessageState): MessageState[] {
  return (Object.keys(following) as MessageState[]).filter((from) => mayFollow(from, to))
}

/** The states from which a person may send again. With `unknown` the receiver may get it twice; the person decides. */
export const resendable: readonly MessageState[] = ['dead', 'undelivered', 'unknown', 'expired', 'suppressed']

/** The position of a lane in the queue; 0 is sent first. */
export function laneRank(lane: Lane): number {
  return lanes.indexOf(lane)
}

/** Local hours without messages; `from` may be later than `to` (across midnight). */
export interface QuietHours {
  from: string
  to: string
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/**
 * The first moment at or after `at` outside quiet hours of the time zone. Half-open: sending is allowed at `to`. Uses
 * local wall-clock time, so days with a clock change keep their quiet hours.
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

/** The quiet hours for messages that cannot wait until morning. */
const night: QuietHours = { from: '22:00', to: '06:00' }
const urgentHours = 3
/** For a start up to this local time, a message is sent even at night. */
const earlyStart = '08:00'

/**
 * The first moment at which a message may be sent. Quiet hours postpone it, unless that leaves less than three hours
 * before the start it is about. Then only the night (22:00 to 06:00) postpones it, and for an early start nothing does.
 */
export function sendableFrom({
  now,
  zone,
  quiet,
  startsAt,
}: {
  now: DateTime
  zone: string
  quiet: QuietHours | undefined
  /** The start that the message is about, if any. */
  startsAt: DateTime | null
}): DateTime {
  const calm = afterQuietHours(now, zone, quiet)
  if (!startsAt || calm <= now || startsAt <= now || calm <= startsAt.minus({ hours: urgentHours }))
    return calm
  const { hour, minute } = startsAt.setZone(zone)
  if (hour * 60 + minute <= minuteOf(earlyStart)) return now
  return afterQuietHours(now, zone, night)
}

/** The last moment at or before `at` outside quiet hours: their beginning when `at` is within them. */
export function beforeQuietHours(at: DateTime, zone: string, quiet: QuietHours | undefined): DateTime {
  if (!quiet || afterQuietHours(at, zone, quiet) === at) return at
  const local = at.setZone(zone)
  const from = minuteOf(quiet.from)
  const day = local.hour * 60 + local.minute < from ? local.minus({ days: 1 }) : local
  const start = day.startOf('day').set({ hour: Math.floor(from / 60), minute: from % 60 })
  return start.minus({ minutes: 1 }).toUTC()
}

/**
 * Maximum number of attempts, then the message is `dead`. With full jitter the last one is about an hour after the
 * first.
 */
export const attemptsMax = 8
const backoffFirstMs = 15_000
const backoffMaxMs = 30 * 60_000

/**
 * Delay before the next attempt: exponential backoff with full jitter, and at least the provider's `Retry-After`.
 * @param random returns a number in [0, 1)
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
 * Whether a contact is made up for demonstrations and tests: a mobile number with the unassigned prefix 154, or an
 * address in a reserved domain (RFC 2606, RFC 6761). A foreign number with the same first digits counts as made up,
 * too: a false positive only means that no message is sent.
 */
export function isSynthetic(to: string): boolean {
  if (to.includes('@'))
    return /(?:[@.])(?:example(?:\.(?:com|net|org|cn))?|invalid|test|localhost)$/i.test(to)
  const digits = to.normalize('NFKC').replace(/\D/g, '')
  return /^(?:0*86)?0*154/.test(digits)
}
