import { lazily } from '../../words/lazily.ts'
import type { ImportWords } from './zh.ts'

/** The words of the pages of imports. */
export const useImportWords = lazily<ImportWords>({
  zh: async () => (await import('./zh.ts')).importsZh,
  en: async () => (await import('./en.ts')).importsEn,
})
