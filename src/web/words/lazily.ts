import { use } from 'react'
import type { Language } from '../core/language.ts'
import { whoIsSignedIn } from '../core/session.ts'
import { part } from '../core/version.ts'
import { useSpeech } from './speech.ts'

/**
 * The words of an area, which come with its pages and not with the first load. Returns the hook for them: the page waits
 * until they are there, and when the language changes they change with it.
 */
export function lazily<W>(loaders: Record<Language, () => Promise<W>>): () => W {
  const loaded = new Map<Language, Promise<W>>()
  const wordsIn = (language: Language): Promise<W> => {
    const known = loaded.get(language)
    if (known) return known
    const coming = part(loaders[language], whoIsSignedIn)
    loaded.set(language, coming)
    // What failed is asked for again by whoever opens the page again.
    coming.catch(() => loaded.delete(language))
    return coming
  }
  return () => use(wordsIn(useSpeech().language))
}
