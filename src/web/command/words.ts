import type { CityWords } from '../words/city-zh.ts'
import { roomWords } from '../words/lazily.ts'

/** The words of the pages of books and tasks. */
export const useCityWords = roomWords<CityWords>({
  zh: async () => (await import('../words/city-zh.ts')).cityZh,
  en: async () => (await import('../words/city-en.ts')).cityEn,
})
