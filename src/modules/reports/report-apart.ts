import { DateTime } from 'luxon'
import { readsBeside } from '#modules/organisation/index.ts'
import { beside } from '#platform/beside/beside.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import type { AppContext } from '#src/context.ts'
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

/** The figures of an event at one moment of the database; of a large city they are counted beside the main thread. */
export async function reportApart(
  context: Pick<AppContext, 'db' | 'config'>,
  asked: ReportAsked,
  signal?: AbortSignal,
): Promise<EventReport> {
  if (!(await readsBeside(context))) return context.db.snapshot((reader) => reportOf(reader, asked))
  return beside(new URL('./report-work.ts', import.meta.url), context.config, asked, signal)
}
