import { type Speech, useWords } from './index.ts'
import type { Widened } from './speech.ts'

/**
 * The words of one room, beside those of every page. They come with the room's pages and not with the first page, so both
 * languages are in them.
 */
export function roomWords<W>(zh: W, en: Widened<W>): () => Speech & { r: Widened<W> } {
  return () => {
    const speech = useWords()
    return { ...speech, r: speech.language === 'zh' ? (zh as Widened<W>) : en }
  }
}
