import { roomWords } from '../../../words/lazily.ts'
import type { RankingWords } from './zh.ts'

/** The words of the pages of rankings. */
export const useRankingWords = roomWords<RankingWords>({
  zh: async () => (await import('./zh.ts')).rankingZh,
  en: async () => (await import('./en.ts')).rankingEn,
})
