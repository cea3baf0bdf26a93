import { listRounds, type Round, readRound, readRoundProgress } from '../../api/operations.ts'
import { queries, queryKey, readAgain } from '../../core/query.ts'

/** The round as it is now, for whoever looks at it or at the list. */
export function keepRound(round: Round): void {
  queries.setQueryData(queryKey(readRound, { params: { roundId: round.id } }), round)
  void readAgain(listRounds, readRoundProgress)
}
