import type { DateTime } from 'luxon'

/** The calendar day it is in a zone of time: the day ages and duties are counted on. */
export function todayIn(timeZone: string, now: DateTime): string {
  return now.setZone(timeZone).toISODate()!
}
