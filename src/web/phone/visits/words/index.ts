import { storeOf, useStore } from '../../../core/store.ts'
import type { Speech, Widened } from '../../../words/speech.ts'
import { useWords } from '../../words/index.ts'
import type { visitsZh } from './zh.ts'

/** The words of the pages of visits: they come with their pages. */
export type VisitWords = Widened<typeof visitsZh>

/** The words in the language of the page, set before any page of visits is shown. */
export const visitWords = storeOf<VisitWords | undefined>(undefined)

/** The words of a page of visits. */
export function useVisitWords(): Omit<Speech<unknown>, 'w'> & { v: VisitWords } {
  const { language, say } = useWords()
  const v = useStore(visitWords)
  if (!v) throw new Error('no words')
  return { language, say, v }
}
