import Type from 'typebox'
import { Id } from '#platform/http/schemas.ts'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { eraseExpired } from './erase-children.ts'
import { tellAlarm, tellEmergency } from './tell.ts'

/** Handles the facts about data of minors, which become messages, and erases what is no longer kept. */
export const minorsJobs: Jobs<AppContext> = {
  'minors.emergency': job({ params: Type.Object({ emergencyId: Id }), run: tellEmergency }),
  'minors.erase': job({ params: Type.Object({}), everySeconds: 86_400, run: eraseExpired }),
  'revelations.exhausted': job({
    params: Type.Object({ userId: Id, day: Type.String() }),
    run: tellAlarm,
  }),
}
