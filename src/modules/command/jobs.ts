import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import { eachApart } from '#platform/jobs/each-apart.ts'
import type { AppContext } from '#src/context.ts'
import { escalateDue, escalateUnchecked, escalateUndecided } from './escalation/escalate.ts'
import { keepTime } from './tasks/keep-time.ts'
import { settleDeadlines } from './tasks/settle-due.ts'
import { repeatTemplates } from './templates/repeat.ts'

export const commandJobs: Jobs<AppContext> = {
  /** Upholds returns that nobody decided, ends suspensions whose time is over, and settles provisional deadlines. */
  'command.keep_time': job({
    params: Type.Object({}),
    everySeconds: 900,
    run: (context) => eachApart([keepTime, settleDeadlines], (each) => each(context)),
  }),
  /** Tells of what is almost due, due, or over, of reports that nobody checks and disputes that nobody decides. */
  'command.escalate': job({
    params: Type.Object({}),
    everySeconds: 900,
    run: (context) => eachApart([escalateDue, escalateUnchecked, escalateUndecided], (each) => each(context)),
  }),
  /** Issues what recurs every week, month, quarter or year. */
  'command.repeat': job({
    params: Type.Object({}),
    everySeconds: 3600,
    run: (context) => repeatTemplates(context),
  }),
}
