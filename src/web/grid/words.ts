import type { GridWords } from '../words/grid-zh.ts'
import { roomWords } from '../words/lazily.ts'

/** The words of the pages of zones. */
export const useGridWords = roomWords<GridWords>({
  zh: async () => (await import('../words/grid-zh.ts')).gridZh,
  en: async () => (await import('../words/grid-en.ts')).gridEn,
})
