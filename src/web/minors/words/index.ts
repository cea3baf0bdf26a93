import { roomWords } from '../../words/lazily.ts'
import type { MinorsWords } from './zh.ts'

/** The words of the page of access to the data of minors. */
export const useMinorsWords = roomWords<MinorsWords>({
  zh: async () => (await import('./zh.ts')).minorsZh,
  en: async () => (await import('./en.ts')).minorsEn,
})
