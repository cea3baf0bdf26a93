import type { Language } from '../core/language.ts'
import { type Speech as SpeechIn, useSpeech, type Widened } from './speech.ts'
import type { zh } from './zh.ts'

export { type Both, Speaking, speechOf } from './speech.ts'

/** The words of the office. */
export type Words = Widened<typeof zh>
export type Speech = SpeechIn<Words>

/** The words of the page. */
export function useWords(): Speech {
  return useSpeech() as Speech
}

export const loaders: Record<Language, () => Promise<Words>> = {
  zh: async () => (await import('./zh.ts')).zh,
  en: async () => (await import('./en.ts')).en,
}
