import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { issueCases } from './cases/issue-case.ts'
import { draftRanking } from './ranking/draft-ranking.ts'

export const inspectionJobs: Jobs<AppContext> = {
  /** Issues cases whose pictures came, or were waited for long enough. */
  'inspection.issue_cases': job({
    params: Type.Object({}),
    everySeconds: 900,
    run: (context, _, { signal }) => issueCases(context, signal),
  }),
  /** Computes a ranking: when it is begun, and when an appeal was granted. */
  'inspection.draft_ranking': job({
    params: Type.Object({ rankingId: Type.String() }),
    attempts: 3,
    run: (context: AppContext, { rankingId }) => draftRanking(context, rankingId),
  }),
}
