import Type from 'typebox'
import { Id } from '#platform/http/schemas.ts'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { tellAlarm, tellEmergency } from './tell.ts'

/** Handles the facts about data of minors: each becomes messages. */
export const minorsJobs: Jobs<AppContext> = {
  'minors.emergency': job({ params: Type.Object({ emergencyId: Id }), run: tellEmergency }),
  'revelations.exhausted': job({
    params: Type.Object({ userId: Id, day: Type.String() }),
    run: tellAlarm,
  }),
}
