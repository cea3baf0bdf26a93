import { inArray } from 'drizzle-orm'
import { readsBeside } from '#modules/organisation/index.ts'
import type { AppContext } from '#src/context.ts'
import { visits } from '../schema.ts'

/** With more visits than this, what reads every observation of rounds is done in a process of its own. */
const visitsMax = 500

/** Whether the observations of these rounds are read beside the main thread. */
export async function looksBeside(
  context: Pick<AppContext, 'db' | 'config'>,
  roundIds: readonly string[],
): Promise<boolean> {
  if (await readsBeside(context)) return true
  const some = await context.db.read
    .select({ id: visits.id })
    .from(visits)
    .where(inArray(visits.roundId, [...roundIds]))
    .limit(1)
    .offset(visitsMax)
  return some.length > 0
}
