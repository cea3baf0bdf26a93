import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { MessagingContext } from './context.ts'
import { deliver } from './deliver.ts'
import { deliverJob } from './delivery-jobs.ts'
import { settleUnknown } from './settle-unknown.ts'
import { tellActivation, tellLoginCode } from './tell-accounts.ts'

const nothing = Type.Object({})

export const messagingJobs: Jobs<MessagingContext> = {
  /** Sends what is due. */
  [deliverJob]: job({ params: nothing, run: (context) => deliver(context) }),
  /** Finds out about messages whose sender died. */
  'messaging.settle': job({ params: nothing, everySeconds: 30, run: (context) => settleUnknown(context) }),
  'accounts.activation-requested': job({
    params: Type.Object({ activationId: Type.String() }),
    run: tellActivation,
  }),
  'accounts.login-code-requested': job({
    params: Type.Object({ loginCodeId: Type.String() }),
    run: tellLoginCode,
  }),
}
