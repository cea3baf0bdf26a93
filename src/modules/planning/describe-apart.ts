import { DateTime } from 'luxon'
import { readsBeside } from '#modules/organisation/index.ts'
import { beside } from '#platform/beside/beside.ts'
import type { AppContext } from '#src/context.ts'
import type { Answered, Asked } from './describe-asked.ts'
import { describeProblem, type Input } from './describe-problem.ts'
import type { PlanRow } from './queries.ts'

export type DescribeContext = Pick<AppContext, 'db' | 'keys' | 'now' | 'config'>

/**
 * The input of a plan as of now; of a large city it is read and described beside the main thread.
 * @param signal aborted when nobody waits for it any more
 */
export async function describeApart(
  context: DescribeContext,
  run: PlanRow,
  signal?: AbortSignal,
): Promise<Input> {
  const { db, keys, now, config } = context
  const { eventId, hoursPerWeek, restMinutes } = run
  if (!(await readsBeside(context)))
    return db.snapshot((reader) => describeProblem(reader, keys, eventId, now(), run))
  const asked: Asked = { eventId, nowMs: now().toMillis(), hoursPerWeek, restMinutes }
  const { names, ...input } = await beside<Asked, Answered>(
    new URL('./describe-work.ts', import.meta.url),
    config,
    asked,
    signal,
  )
  const { ms, zone } = names.midnight
  return { ...input, names: { ...names, midnight: DateTime.fromMillis(ms, { zone }) } }
}
