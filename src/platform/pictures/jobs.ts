import Type from 'typebox'
import type { Database } from '../database/port.ts'
import { type Jobs, job } from '../jobs/definition.ts'
import { sweepPictures } from './sweep.ts'

export const pictureJobs: Jobs<{ db: Database; config: { dataDir: string } }> = {
  /** Deletes files that no picture has any more. */
  'pictures.sweep': job({
    params: Type.Object({}),
    everySeconds: 24 * 3600,
    async run(context, _, { signal }) {
      await sweepPictures(context, signal)
    },
  }),
}
