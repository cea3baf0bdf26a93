import { and, eq, lt } from 'drizzle-orm'
import Type from 'typebox'
import type { Database, Writer } from '../database/port.ts'
import type { Clock } from '../time.ts'
import { type Jobs, job } from './definition.ts'
import { enqueue } from './queue.ts'
import { jobs } from './schema.ts'

/** Done jobs are kept for a while, so that operators can see what happened; dead jobs until an operator decides. */
const keptDays = 14

/** How often the statistics of the query planner are counted again; after large imports they are at once. */
export const statisticsSeconds = 15 * 60

export const statisticsKinds = ['database.refresh_statistics', 'database.refresh_statistics_now']

export const housekeepingJobs: Jobs<{ db: Database; clock: Clock }> = {
  'jobs.forget_done': job({
    params: Type.Object({}),
    everySeconds: 6 * 3600,
    async run({ db, clock }) {
      const before = clock.now().minus({ days: keptDays })
      await db.transaction((tx) =>
        tx
          .delete(jobs)
          .where(and(eq(jobs.state, 'done'), lt(jobs.finishedAt, before)))
          .returning({ id: jobs.id }),
      )
    },
  }),
  'database.refresh_statistics': job({
    params: Type.Object({}),
    everySeconds: statisticsSeconds,
    run: ({ db }) => db.refreshStatistics(),
  }),
  'database.refresh_statistics_now': job({
    params: Type.Object({}),
    run: ({ db }) => db.refreshStatistics(),
  }),
}

/** Has the statistics of the query planner counted again, after a transaction that wrote many rows. */
export function refreshStatisticsSoon(tx: Writer): Promise<void> {
  return enqueue(tx, 'database.refresh_statistics_now', {}, { key: 'database.refresh_statistics_now' })
}
