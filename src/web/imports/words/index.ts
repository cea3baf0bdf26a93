import { lazily } from '../../words/lazily.ts'
import type { Widened } from '../../words/speech.ts'
import type { importsZh } from './zh.ts'

export type ImportWords = Widened<typeof importsZh>

/** The words of the pages of imports. */
export const useImportWords = lazily<ImportWords>({
  zh: async () => (await import('./zh.ts')).importsZh,
  en: async () => (await import('./en.ts')).importsEn,
})
