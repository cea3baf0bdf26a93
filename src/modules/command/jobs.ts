import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { keepTime } from './tasks/keep-time.ts'
import { repeatTemplates } from './templates/repeat.ts'

export const commandJobs: Jobs<AppContext> = {
  /** Upholds returns that nobody decided, and ends suspensions whose time is over. */
  'command.keep_time': job({
    params: Type.Object({}),
    everySeconds: 900,
    run: (context) => keepTime(context),
  }),
  /** Issues what recurs every week, month, quarter or year. */
  'command.repeat': job({
    params: Type.Object({}),
    everySeconds: 3600,
    run: (context) => repeatTemplates(context),
  }),
}
