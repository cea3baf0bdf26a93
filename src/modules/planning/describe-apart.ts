import { DateTime } from 'luxon'
import { readsBeside } from '#modules/organisation/index.ts'
import { beside } from '#platform/beside/beside.ts'
import type { AppContext } from '#src/context.ts'
import { describeProblem, type Input } from './describe-problem.ts'
import type { PlanRow } from './queries.ts'

export type DescribeContext = Pick<AppContext, 'db' | 'keys' | 'now' | 'config'>

/** What the process beside is asked, and what it answers: the moment as plain values. */
export interface Asked {
  eventId: string
  nowMs: number
  hoursPerWeek: number | null
  restMinutes: number | null
}
export type Answered = Omit<Input, 'names'> & {
  names: Omit<Input['names'], 'midnight'> & { midnight: { ms: number; zone: string } }
}

/** The input of a plan as of now; of a large city it is read and described beside the main thread. */
export async function describeApart(context: DescribeContext, run: PlanRow): Promise<Input> {
  const { db, keys, now, config } = context
  const { eventId, hoursPerWeek, restMinutes } = run
  if (!(await readsBeside(context)))
    return db.snapshot((reader) => describeProblem(reader, keys, eventId, now(), run))
  const asked: Asked = { eventId, nowMs: now().toMillis(), hoursPerWeek, restMinutes }
  const { names, ...input } = await beside<Asked, Answered>(
    new URL('./describe-work.ts', import.meta.url),
    config,
    asked,
  )
  const { ms, zone } = names.midnight
  return { ...input, names: { ...names, midnight: DateTime.fromMillis(ms, { zone }) } }
}
