import { roomWords } from '../../../words/lazily.ts'
import type { AppealsWords } from './zh.ts'

/** The words of the pages of appeals. */
export const useAppealsWords = roomWords<AppealsWords>({
  zh: async () => (await import('./zh.ts')).appealsZh,
  en: async () => (await import('./en.ts')).appealsEn,
})
