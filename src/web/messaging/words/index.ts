import { roomWords } from '../../words/lazily.ts'
import type { TemplateWords } from './zh.ts'

/** The words of the pages of message templates. */
export const useTemplateWords = roomWords<TemplateWords>({
  zh: async () => (await import('./zh.ts')).templatesZh,
  en: async () => (await import('./en.ts')).templatesEn,
})
