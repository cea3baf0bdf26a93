import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { deliver } from './deliver.ts'
import { deliverJob } from './delivery-jobs.ts'
import type { Messaging } from './messaging.ts'
import { settleUnknown } from './settle-unknown.ts'

const nothing = Type.Object({})

/** The jobs of this slice; `messaging` is the instance that holds the providers and the kinds of message. */
export const messagingJobs = (messaging: Messaging): Jobs<AppContext> => ({
  /** Sends due messages. */
  [deliverJob]: job({ params: nothing, run: (context, _, run) => deliver({ ...context, messaging }, run) }),
  /** Decides about messages whose sending process died. */
  'messaging.settle': job({
    params: nothing,
    everySeconds: 30,
    run: (context) => settleUnknown({ ...context, messaging }),
  }),
})
