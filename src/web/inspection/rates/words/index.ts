import { roomWords } from '../../../words/lazily.ts'
import type { RatesWords } from './zh.ts'

/** The words of the pages of rates. */
export const useRatesWords = roomWords<RatesWords>({
  zh: async () => (await import('./zh.ts')).ratesZh,
  en: async () => (await import('./en.ts')).ratesEn,
})
