import { roomWords } from '../../words/lazily.ts'
import type { LateWords } from './zh.ts'

/** The words of what is entered after a shift. */
export const useLateWords = roomWords<LateWords>({
  zh: async () => (await import('./zh.ts')).lateZh,
  en: async () => (await import('./en.ts')).lateEn,
})
