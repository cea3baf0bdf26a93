import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { escalateDue, escalateUnchecked } from './escalation/escalate.ts'
import { keepTime } from './tasks/keep-time.ts'
import { settleDeadlines } from './tasks/settle-due.ts'
import { repeatTemplates } from './templates/repeat.ts'

export const commandJobs: Jobs<AppContext> = {
  /** Upholds returns that nobody decided, ends suspensions whose time is over, and settles provisional deadlines. */
  'command.keep_time': job({
    params: Type.Object({}),
    everySeconds: 900,
    async run(context) {
      await keepTime(context)
      await settleDeadlines(context)
    },
  }),
  /** Tells of what is almost due, due, or over, and of reports that nobody checks. */
  'command.escalate': job({
    params: Type.Object({}),
    everySeconds: 900,
    async run(context) {
      await escalateDue(context)
      await escalateUnchecked(context)
    },
  }),
  /** Issues what recurs every week, month, quarter or year. */
  'command.repeat': job({
    params: Type.Object({}),
    everySeconds: 3600,
    run: (context) => repeatTemplates(context),
  }),
}
