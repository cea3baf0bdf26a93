import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { tellRolesTogether } from './roles-together.ts'
import {
  tellActivation,
  tellHandOver,
  tellLoginCode,
  tellOfficer,
  tellPhoneChanged,
  tellPhoneCodes,
} from './tell-accounts.ts'

/** Handles the facts of accounts: each becomes a message. */
export const onboardingJobs: Jobs<AppContext> = {
  'accounts.activation_requested': job({
    params: Type.Object({ activationId: Type.String() }),
    run: tellActivation,
  }),
  'accounts.login_code_requested': job({
    params: Type.Object({ loginCodeId: Type.String() }),
    run: tellLoginCode,
  }),
  'accounts.phone_change_requested': job({
    params: Type.Object({ phoneChangeId: Type.String() }),
    run: tellPhoneCodes,
  }),
  'accounts.officer_change_asked': job({
    params: Type.Object({ confirmationId: Type.String() }),
    run: tellOfficer,
  }),
  'accounts.roles_together': job({
    params: Type.Object({ userId: Type.String() }),
    run: tellRolesTogether,
  }),
  'accounts.team_handed_over': job({ params: Type.Object({ grantId: Type.String() }), run: tellHandOver }),
  'accounts.phone_changed': job({
    params: Type.Object({
      moveId: Type.String(),
      contactId: Type.String(),
      // Absent in jobs that were queued before this parameter existed.
      personId: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    }),
    run: tellPhoneChanged,
  }),
}
