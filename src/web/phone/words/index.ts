import type { Language } from '../../core/language.ts'
import { Refused, Unreachable } from '../../core/refused.ts'
import { type Speech, useSpeech, type Widened } from '../../words/speech.ts'
import type { zh } from './zh.ts'

/** The words of the phone: its own, so that what it loads stays small. */
export type PhoneWords = Widened<typeof zh>

/** The words of the page. */
export function useWords(): Speech<PhoneWords> {
  return useSpeech() as Speech<PhoneWords>
}

export const loaders: Record<Language, () => Promise<PhoneWords>> = {
  zh: async () => (await import('./zh.ts')).zh,
  en: async () => (await import('./en.ts')).en,
}

/** What a failure of asking says to people: the service's own text, or what its status means. */
export function troubleText(error: unknown, { w }: Speech<PhoneWords>): string {
  if (error instanceof Unreachable) return w.failure.unreachable
  if (!(error instanceof Refused)) return w.failure.unknown
  const { text, status } = error.problem
  const byStatus = w.refusals[status as keyof typeof w.refusals]
  return text || (byStatus ?? (status >= 500 ? w.refusals[500] : w.refusals[422]))
}
