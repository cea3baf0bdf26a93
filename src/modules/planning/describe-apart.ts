import { DateTime } from 'luxon'
import { readsBeside } from '#modules/organisation/index.ts'
import { beside } from '#platform/beside/beside.ts'
import type { AppContext } from '#src/context.ts'
import type { Answered, Asked } from './describe-asked.ts'
import { describeProblem, type Input } from './describe-problem.ts'
import type { PlanRow } from './queries.ts'
import { type Standing, standingOf } from './standing.ts'

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
  if (!(await readsBeside(context))) return describeHere(context, run)
  const { names, ...input } = await beside<Asked, Answered>(
    new URL('./describe-work.ts', import.meta.url),
    context.config,
    askedOf(context, run),
    signal,
  )
  const { ms, zone } = names.midnight
  return { ...input, names: { ...names, midnight: DateTime.fromMillis(ms, { zone }) } }
}

/**
 * What an application compares with, as of now. Beside the main thread only this comes back: to take the whole input of a
 * large city over would hold up everybody.
 */
export async function standingApart(context: DescribeContext, run: PlanRow): Promise<Standing> {
  if (!(await readsBeside(context))) return standingOf(await describeHere(context, run))
  return beside(new URL('./standing-work.ts', import.meta.url), context.config, askedOf(context, run))
}

const describeHere = ({ db, keys, now }: DescribeContext, run: PlanRow) =>
  db.snapshot((reader) => describeProblem(reader, keys, run.eventId, now(), run))

const askedOf = ({ now }: DescribeContext, { eventId, hoursPerWeek, restMinutes }: PlanRow): Asked => {
  return { eventId, nowMs: now().toMillis(), hoursPerWeek, restMinutes }
}
