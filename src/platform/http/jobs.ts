import Type from 'typebox'
import type { Database } from '../database/port.ts'
import { type Jobs, job } from '../jobs/definition.ts'
import type { Clock } from '../time.ts'
import { forgetAnswers } from './idempotency.ts'

/** Housekeeping of the HTTP layer. */
export const httpJobs: Jobs<{ db: Database; clock: Clock }> = {
  'http.forget_answers': job({
    params: Type.Object({}),
    everySeconds: 3600,
    run: ({ db, clock }) => db.transaction((tx) => forgetAnswers(tx, clock.now())),
  }),
}
