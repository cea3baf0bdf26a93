import Type from 'typebox'
import { type Jobs, job } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { draftRanking } from './ranking/draft-ranking.ts'

export const inspectionJobs: Jobs<AppContext> = {
  /** Computes a ranking: when it is begun, and when an appeal was granted. */
  'inspection.draft_ranking': job({
    params: Type.Object({ rankingId: Type.String() }),
    attempts: 3,
    run: (context: AppContext, { rankingId }) => draftRanking(context, rankingId),
  }),
}
