import type { DateTime } from 'luxon'
import { searchNameOf } from '../names.ts'
import type { ConsentWay, ConsentWord } from '../words.ts'

/** The combined decision of all guardians of a minor. */
export type Consent = 'given' | 'refused' | 'none'

/** One stored statement of a guardian. */
export interface GuardianStatement {
  says: ConsentWord
  guardianName: string
  contactId: string | null
  eventId: string | null
  validUntil: string | null
  givenAt: DateTime
  via: ConsentWay
  withdrawnAt: DateTime | null
}

/** The event, and the day it begins. */
export interface Occasion {
  eventId: string
  day: string
}

/**
 * The combined decision of the guardians about one event. The latest statement of each guardian counts. One no
 * outweighs every yes. What was refused for this event is not lifted by a consent to all events of a school year. A withdrawn consent counts as a no from then on. A list reports a statement made at an unknown
 * earlier time, so a yes from a list never replaces a no: only the guardian can do that, by link, on paper or in
 * speech.
 */
export function consentFor(statements: readonly GuardianStatement[], { eventId, day }: Occasion): Consent {
  const about = statements.filter((each) => {
    return (each.eventId ?? eventId) === eventId && (each.validUntil === null || day <= each.validUntil)
  })
  const words = [...Map.groupBy(about, guardianOf).values()].map(latestWord)
  if (words.includes('no')) return 'refused'
  return words.includes('yes') ? 'given' : 'none'
}

/** Statements with the same guardian name, or without a name from the same number, belong to one guardian. */
function guardianOf({ guardianName, contactId }: GuardianStatement): string {
  return searchNameOf(guardianName) || (contactId ?? '')
}

function latestWord(statements: readonly GuardianStatement[]): ConsentWord | undefined {
  const heard = statements.flatMap(({ says, givenAt, withdrawnAt, via, eventId }) => {
    const about = { listed: via === 'list', general: eventId === null }
    return [
      { ...about, says, at: givenAt.toMillis() },
      ...(withdrawnAt ? [{ ...about, says: 'no' as const, at: withdrawnAt.toMillis(), listed: false }] : []),
    ]
  })
  // At the same instant, no sorts after yes, so no counts.
  const order = heard.toSorted((a, b) => a.at - b.at || Number(a.says === 'no') - Number(b.says === 'no'))
  return order.reduce<(typeof heard)[number] | undefined>((before, next) => {
    if (before?.says !== 'no') return next
    const liftsNothing = next.listed && next.says === 'yes'
    return liftsNothing || (next.general && !before.general) ? before : next
  }, undefined)?.says
}

/** The last day of the school year that contains `day`: a school year begins in September. */
export function endOfSchoolYear(day: DateTime): string {
  return `${day.month >= 9 ? day.year + 1 : day.year}-08-31`
}
