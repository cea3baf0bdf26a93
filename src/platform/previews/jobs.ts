import Type from 'typebox'
import type { Database } from '../database/port.ts'
import { type Jobs, job } from '../jobs/definition.ts'
import type { Clock } from '../time.ts'
import { forgetPreviews } from './act.ts'

/** Housekeeping of previews. */
export const previewJobs: Jobs<{ db: Database; clock: Clock }> = {
  'previews.forget': job({
    params: Type.Object({}),
    everySeconds: 3600,
    run: ({ db, clock }) => db.transaction((tx) => forgetPreviews(tx, clock.now())),
  }),
}
