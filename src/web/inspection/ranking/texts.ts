import { rankingGroups } from '#modules/inspection/words.ts'
import type { Ranking } from '../../api/operations.ts'
import { useRankingWords } from './words/index.ts'

/** What a ranking is called: its month and its group. */
export function useRankingName(): (of: Pick<Ranking, 'month' | 'group'>) => string {
  const { r, say } = useRankingWords()
  return ({ month, group }) => {
    const [year = '', number = ''] = month.split('-')
    return r.name(r.monthText(year, Number(number)), say(rankingGroups[group]))
  }
}

/** A score or rate with two decimals; nothing to compute it from prints as “—”. */
export const decimals = (value: number | null) => (value === null ? '—' : value.toFixed(2))
