import { roomWords } from '../../words/lazily.ts'
import type { PrintWords } from './zh.ts'

/** The words of the pages that are made for paper. */
export const usePrintWords = roomWords<PrintWords>({
  zh: async () => (await import('./zh.ts')).printZh,
  en: async () => (await import('./en.ts')).printEn,
})
