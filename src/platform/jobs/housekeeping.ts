import { and, eq, lt } from 'drizzle-orm'
import Type from 'typebox'
import type { Database } from '../database/port.ts'
import type { Clock } from '../time.ts'
import { type Jobs, job } from './definition.ts'
import { jobs } from './schema.ts'

/** Done jobs are kept for a while, so that operators can see what happened; dead jobs until an operator decides. */
const keptDays = 14

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
}
