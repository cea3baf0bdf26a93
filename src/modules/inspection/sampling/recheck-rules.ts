/** 复核: which closures are looked at again, and when. Pure. */
import type { DateTime } from 'luxon'
import { orderOf } from './draw-rules.ts'

/** A fifth of what was closed, rounded up. */
export const recheckShare = 0.2
/** Days after the closure from which, and until which, the third person goes. */
export const recheckDays = { from: 30, until: 90 } as const

/**
 * Draws a fifth of closures, the first by HMAC-SHA256(seed, `label|case number`), so that nobody can tell beforehand which
 * ones, and the order of the list changes nothing.
 * @param label which batch: `recheck 2026-07`
 */
export function drawRechecks(seed: Buffer, label: string, closures: readonly string[]): string[] {
  return closures
    .map((number) => ({ number, order: orderOf(seed, label, number) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .slice(0, Math.ceil(closures.length * recheckShare))
    .map(({ number }) => number)
}

/** The half-open period in which a closure is looked at again. */
export const recheckPeriod = (closedAt: DateTime) => ({
  from: closedAt.plus({ days: recheckDays.from }),
  until: closedAt.plus({ days: recheckDays.until }),
})

/** A standard that fails again at its point within so many days reopens the old case. */
export const recursWithinDays = 180
export const recurs = (closedAt: DateTime, seenAt: DateTime) =>
  seenAt >= closedAt && seenAt <= closedAt.plus({ days: recursWithinDays })
