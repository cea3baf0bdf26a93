import type { DateTime } from 'luxon'

const dayHours = 24

/** What is told about so near a start is told on the day's lane, which overtakes the others. */
export function laneFor(startsAt: DateTime, at: DateTime): 'day_of' | 'change' {
  return startsAt <= at.plus({ hours: dayHours }) ? 'day_of' : 'change'
}
