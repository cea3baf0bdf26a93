import { roomWords } from '../../../words/lazily.ts'
import type { HeldWords } from './zh.ts'

/** The words of the pages of held uploads. */
export const useHeldWords = roomWords<HeldWords>({
  zh: async () => (await import('./zh.ts')).heldZh,
  en: async () => (await import('./en.ts')).heldEn,
})
