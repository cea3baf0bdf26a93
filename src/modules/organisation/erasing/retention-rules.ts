import type { DateTime } from 'luxon'
import type { Consent } from '../consents/consent-rules.ts'

/** Days after an event for which the name and the numbers of a child are kept without a guardian's yes. */
export const keptAfterEventDays = 10
/** Days for which a child is kept without a yes, counted from the first list that named it, if it is in no event. */
export const keptWithoutEventDays = 60
/** Days in which a guardian can answer before everything that is not the roll goes: number of identity, address … */
export const detailsKeptDays = 10

/** What a child's data hangs on. A merged duplicate counts with the record that it was merged into. */
export interface KeptChild {
  /** When the first of its records was made. */
  recordedAt: DateTime
  /** The events it was signed up for or placed in, with what its guardians said about each. */
  events: readonly { endsAt: DateTime; consent: Consent }[]
  /** What its guardians say about all events, today. */
  standing: Consent
}

/**
 * What is kept of a child at a moment. `all`: a guardian said yes, or there is time left. `roll`: name, class and the
 * numbers to ask at. `name`: a guardian's no holds on, and needs somebody to be about. `nothing`: the time is over.
 */
export type Kept = 'all' | 'roll' | 'name' | 'nothing'

/**
 * Source of the rule: PIPL 19, 28, 31 (no longer than needed, and under 14 by a guardian's consent). Nothing but a yes
 * and a further event lengthens it: not a second list, not a merge, not another teacher.
 */
export function keptOf({ recordedAt, events, standing }: KeptChild, at: DateTime): Kept {
  if (standing === 'given' || events.some(({ consent }) => consent === 'given')) return 'all'
  const ends = events.map(({ endsAt }) => endsAt.plus({ days: keptAfterEventDays }))
  const until = ends.reduce<DateTime>(
    (latest, end) => (end > latest ? end : latest),
    ends[0] ?? recordedAt.plus({ days: keptWithoutEventDays }),
  )
  if (at >= until) return standing === 'refused' ? 'name' : 'nothing'
  return at < recordedAt.plus({ days: detailsKeptDays }) ? 'all' : 'roll'
}
