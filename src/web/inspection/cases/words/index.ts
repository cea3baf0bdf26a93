import { roomWords } from '../../../words/lazily.ts'
import type { CaseWords } from './zh.ts'

/** The words of the pages of cases. */
export const useCaseWords = roomWords<CaseWords>({
  zh: async () => (await import('./zh.ts')).casesZh,
  en: async () => (await import('./en.ts')).casesEn,
})
