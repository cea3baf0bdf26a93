import { readsBeside } from '#modules/organisation/index.ts'
import { beside } from '#platform/beside/beside.ts'
import type { AppContext } from '#src/context.ts'
import type { EventReport } from './contract.ts'
import { type ReportAsked, reportOf } from './report-asked.ts'

/** The figures of an event at one moment of the database; of a large city they are counted beside the main thread. */
export async function reportApart(
  context: Pick<AppContext, 'db' | 'config'>,
  asked: ReportAsked,
  signal?: AbortSignal,
): Promise<EventReport> {
  if (!(await readsBeside(context))) return context.db.snapshot((reader) => reportOf(reader, asked))
  return beside(new URL('./report-work.ts', import.meta.url), context.config, asked, signal)
}
