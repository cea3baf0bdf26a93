import { observationAnswers } from '#modules/inspection/words.ts'
import type { Appeal } from '../../api/operations.ts'
import { useAppealsWords } from './words/index.ts'

/** An answer; where counts are answered, the count. */
export function Answer({ of: { answer, count } }: { of: Appeal['seen'] }) {
  const { r, say } = useAppealsWords()
  return count === null ? say(observationAnswers[answer]) : r.counted(count)
}
