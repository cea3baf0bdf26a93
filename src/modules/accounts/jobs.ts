import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { issueLoginCodes } from './login-codes.ts'
import { fillPhones } from './phones/fill-phones.ts'
import { alarmOfRolesTogether } from './roles-together.ts'
import { tidy } from './tidy.ts'

/**
 * `accounts.activation_requested`, `accounts.login_code_requested`, `accounts.phone_change_requested`,
 * `accounts.phone_changed` and `accounts.roles_together` are facts for the slices above. Onboarding handles them; it gets the content of the messages
 * from `openActivationMessage`, `openLoginCode` and `openPhoneCode`.
 */
export const accountsJobs: Jobs<AppContext> = {
  'accounts.issue_login_code': job({
    params: Type.Object({
      requestId: Type.String(),
      phoneIndexes: Type.Array(Type.String()),
      browser: Type.String(),
    }),
    attempts: 3,
    run: issueLoginCodes,
  }),
  'humans.joined': job({
    params: Type.Object({ personIds: Type.Array(Type.String()) }),
    run: ({ db, now }, { personIds }) =>
      db.transaction((tx) => alarmOfRolesTogether(tx, { personIds, at: now() })),
  }),
  'accounts.fill_phones': job({ params: Type.Object({}), everySeconds: 3600, run: fillPhones }),
  'accounts.tidy': job({
    params: Type.Object({}),
    everySeconds: 3600,
    run: ({ db, now }) => db.transaction((tx) => tidy(tx, now()), { isolation: 'statement' }),
  }),
}
