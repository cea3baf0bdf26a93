import { roomWords } from '../words/lazily.ts'
import type { SystemWords } from '../words/system-zh.ts'

/** The words of the pages of jobs and of the state of the service. */
export const useSystemWords = roomWords<SystemWords>({
  zh: async () => (await import('../words/system-zh.ts')).systemZh,
  en: async () => (await import('../words/system-en.ts')).systemEn,
})
