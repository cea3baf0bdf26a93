import { roomWords } from '../../words/lazily.ts'
import type { PointWords } from './points-zh.ts'
import type { RoundWords } from './rounds-zh.ts'
import type { SchemeWords } from './schemes-zh.ts'

/** The words of the pages of schemes and standards. */
export const useSchemeWords = roomWords<SchemeWords>({
  zh: async () => (await import('./schemes-zh.ts')).schemesZh,
  en: async () => (await import('./schemes-en.ts')).schemesEn,
})

/** The words of the pages of points. */
export const usePointWords = roomWords<PointWords>({
  zh: async () => (await import('./points-zh.ts')).pointsZh,
  en: async () => (await import('./points-en.ts')).pointsEn,
})

/** The words of the pages of rounds. */
export const useRoundWords = roomWords<RoundWords>({
  zh: async () => (await import('./rounds-zh.ts')).roundsZh,
  en: async () => (await import('./rounds-en.ts')).roundsEn,
})
