import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { resumeApplication } from './apply-plan.ts'
import { runPlan } from './run-plan.ts'

export const planningJobs: Jobs<AppContext> = {
  'planning.run': job({
    params: Type.Object({ planId: Type.String() }),
    attempts: 3,
    run: (context: AppContext, { planId }, run) => runPlan(context, planId, run),
  }),
  /** Waits beside an application, for the case that its process ends. */
  'planning.apply': job({
    params: Type.Object({ planId: Type.String() }),
    attempts: 3,
    run: (context: AppContext, { planId }) => resumeApplication(context, planId),
  }),
}
