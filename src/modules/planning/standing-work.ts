/** Reads what an application compares with in a process of its own: see `standingApart`. */
import { DateTime } from 'luxon'
import { offerReading } from '#platform/beside/offer-reading.ts'
import type { Asked } from './describe-asked.ts'
import { describeProblem } from './describe-problem.ts'
import { type Standing, standingOf } from './standing.ts'

offerReading<Asked, Standing>(async (reader, keys, { eventId, nowMs, ...limits }) => {
  const at = DateTime.fromMillis(nowMs, { zone: 'utc' })
  return standingOf(await describeProblem(reader, keys, eventId, at, limits))
})
