import { createContext, useContext } from 'react'
import type { Language } from '../core/language.ts'

/** The same keys with texts of any language; functions take the same values. */
export type Widened<T> = T extends string
  ? string
  : T extends (...values: infer V) => string
    ? (...values: V) => string
    : { [K in keyof T]: Widened<T[K]> }

/** A text of a slice, in both languages. */
export interface Both {
  zh: string
  en: string
}

/** What a page says: in its language, with the words of its entry. */
export interface Speech<W> {
  language: Language
  w: W
  /** A text of a slice in the language of the page. */
  say(text: Both): string
}

const SpeechContext = createContext<Speech<unknown> | undefined>(undefined)
export const Speaking = SpeechContext.Provider

/** The speech of the page; each entry has a hook of its own that knows its words. */
export function useSpeech(): Speech<unknown> {
  const speech = useContext(SpeechContext)
  if (!speech) throw new Error('no words')
  return speech
}

export function speechOf<W>(language: Language, w: W): Speech<W> {
  return { language, w, say: (text) => (language === 'zh' ? text.zh : sentence(text.en)) }
}

/** Slices write their English words as they stand inside a sentence; on a page they begin one. */
function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
