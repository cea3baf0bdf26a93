import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { issueLoginCodes } from './login-codes.ts'
import { tidy } from './tidy.ts'

/**
 * `accounts.activation-requested` and `accounts.login-code-requested` are facts for the slices above: messaging
 * handles them, with `openActivationMessage` and `openLoginCode` for what to say.
 */
export const accountsJobs: Jobs<AppContext> = {
  'accounts.issue-login-code': job({
    params: Type.Object({ requestId: Type.String(), phoneIndexes: Type.Array(Type.String()) }),
    attempts: 3,
    run: issueLoginCodes,
  }),
  'accounts.tidy': job({
    params: Type.Object({}),
    everySeconds: 3600,
    run: ({ db, now }) => db.transaction((tx) => tidy(tx, now()), { isolation: 'statement' }),
  }),
}
