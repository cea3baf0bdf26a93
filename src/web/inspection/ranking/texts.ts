import { rankingGroups } from '#modules/inspection/words.ts'
import type { Ranking } from '../../api/operations.ts'
import { useRankingWords } from './words/index.ts'

/** A month as people read it: 2026年3月, March 2026. */
export function useMonthText(): (month: string) => string {
  const { r } = useRankingWords()
  return (month) => {
    const [year = '', number = ''] = month.split('-')
    return r.monthText(year, Number(number))
  }
}

/** What a ranking is called: its month and its group. */
export function useRankingName(): (of: Pick<Ranking, 'month' | 'group'>) => string {
  const { r, say } = useRankingWords()
  const monthText = useMonthText()
  return ({ month, group }) => r.name(monthText(month), say(rankingGroups[group]))
}

/** A score or rate with two decimals; nothing to compute it from prints as “—”. */
export const decimals = (value: number | null) => (value === null ? '—' : value.toFixed(2))
