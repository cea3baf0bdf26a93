import { use } from 'react'
import type { Language } from '../core/language.ts'
import { whoIsSignedIn } from '../core/session.ts'
import { part } from '../core/version.ts'
import { type Speech, useWords } from './index.ts'
import { useSpeech } from './speech.ts'

type Loaders<W> = Record<Language, () => Promise<W>>

/**
 * The words of an area, which come with its pages and not with the first load. Returns the hook for them: the page waits
 * until they are there, and when the language changes they change with it.
 */
export function lazily<W>(loaders: Loaders<W>): () => W {
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

/** The same beside the words of every page: `r` of the room, `w` of all. */
export function roomWords<W>(loaders: Loaders<W>): () => Speech & { r: W } {
  const useRoom = lazily(loaders)
  return () => ({ ...useWords(), r: useRoom() })
}
