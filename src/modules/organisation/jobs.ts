import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { comeOfAge } from './come-of-age.ts'
import { linkChanged } from './linking/link-records.ts'
import { forgetTries } from './lookups/spend-lookups.ts'

const daily = 86_400

/** The periodic jobs of this slice: people come of age, records of one human are linked, old look-ups are forgotten. */
export const organisationJobs: Jobs<AppContext> = {
  // Hourly, so that it runs soon after midnight; it usually finds few people.
  'organisation.come_of_age': job({ params: Type.Object({}), everySeconds: 3600, run: comeOfAge }),
  // Finds what was changed by itself, so that no writer can forget to ask for it; mostly there is nothing to do.
  'organisation.link': job({
    params: Type.Object({}),
    everySeconds: 10,
    run: (context, _, run) => linkChanged(context, run),
  }),
  'organisation.link_now': job({
    params: Type.Object({}),
    run: (context, _, run) => linkChanged(context, run),
  }),
  'lookups.forget': job({
    params: Type.Object({}),
    everySeconds: daily,
    run: ({ db, now }) => db.transaction((tx) => forgetTries(tx, now()), { isolation: 'statement' }),
  }),
}
