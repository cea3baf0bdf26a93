import type { DateTime } from 'luxon'

/** An offline roll is accepted when the phone loaded it at most this many hours ago. */
export const loadedWithinHours = 48
/** Accepted drift between the phone's clock and the server's clock, from loading the roll to submitting it. */
export const clockDriftMaxMs = 2 * 60_000
/** An offline roll may be submitted until this hour of the next day. */
export const handInHour = 12

/** The times of one tap, all by the phone's clock except the stamp, which is the server's time. */
export interface Tap {
  at: DateTime
  loadedAt: DateTime
  sentAt: DateTime
  /** The server's time when the roll was loaded. */
  stampedAt: DateTime
}

/**
 * The time of a tap, and whether it is verified. A wrong phone clock is corrected: the time from the tap to the
 * submission counts. If the clock was changed in between, nothing is verified.
 */
export function judgeTap(
  { at, loadedAt, sentAt, stampedAt }: Tap,
  { endsAt, now, zone }: { endsAt: DateTime; now: DateTime; zone: string },
): { at: DateTime; proven: boolean } {
  const tapped = now.minus(sentAt.diff(at))
  const drift = stampedAt.diff(loadedAt).toMillis() - now.diff(sentAt).toMillis()
  const deadline = endsAt.setZone(zone).startOf('day').plus({ days: 1 }).set({ hour: handInHour })
  const proven =
    at >= loadedAt &&
    at <= sentAt &&
    Math.abs(drift) <= clockDriftMaxMs &&
    now.diff(stampedAt).as('hours') <= loadedWithinHours &&
    now < deadline
  return { at: tapped, proven }
}
