import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { keepTime } from './tasks/keep-time.ts'

export const commandJobs: Jobs<AppContext> = {
  /** Upholds returns that nobody decided, and ends suspensions whose time is over. */
  'command.keep_time': job({
    params: Type.Object({}),
    everySeconds: 900,
    run: (context) => keepTime(context),
  }),
}
