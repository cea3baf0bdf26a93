/** Describes a plan in a process of its own: see `describeApart`. */
import { DateTime } from 'luxon'
import { offerReading } from '#platform/beside/offer-reading.ts'
import type { Answered, Asked } from './describe-asked.ts'
import { describeProblem } from './describe-problem.ts'

offerReading<Asked, Answered>(async (reader, keys, { eventId, nowMs, ...limits }) => {
  const { names, ...input } = await describeProblem(
    reader,
    keys,
    eventId,
    DateTime.fromMillis(nowMs, { zone: 'utc' }),
    limits,
  )
  const { midnight } = names
  return {
    ...input,
    names: { ...names, midnight: { ms: midnight.toMillis(), zone: midnight.zoneName ?? 'utc' } },
  }
})
