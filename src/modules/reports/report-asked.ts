import { DateTime } from 'luxon'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import type { EventReport } from './contract.ts'
import { makeReport } from './make-report.ts'

/** What a report is asked for, as plain values. */
export interface ReportAsked {
  eventId: string
  cutOffMs: number
  nowMs: number
  reach: Reach
}

const instant = (ms: number) => DateTime.fromMillis(ms, { zone: 'utc' })

export function reportOf(
  reader: Reader,
  { eventId, cutOffMs, nowMs, reach }: ReportAsked,
): Promise<EventReport> {
  return makeReport(reader, { eventId, cutOffAt: instant(cutOffMs), now: instant(nowMs), reach })
}
