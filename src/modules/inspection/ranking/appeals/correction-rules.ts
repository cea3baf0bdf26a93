/** Which other answer an observation admits. Pure. */
import type { AnswerKind, ObservationAnswer } from '../../words.ts'

/** What stands there, and what its standard admits. */
export interface Standing {
  answer: ObservationAnswer
  count: number | null
  kind: AnswerKind
  mayNotApply: boolean
}

/** What should stand there instead. */
export interface Wish {
  answer: ObservationAnswer
  count?: number | null | undefined
}

/** A count is asked for where counts are answered, and only there; 不适用 only where the standard allows it. */
export function wouldChange(found: Standing, { answer, count = null }: Wish): boolean {
  const applies = answer !== 'not_applicable' && answer !== 'not_seen'
  if ((count !== null) !== (found.kind === 'count' && applies)) return false
  if (answer === 'not_applicable' && !found.mayNotApply) return false
  return answer !== found.answer || count !== found.count
}
