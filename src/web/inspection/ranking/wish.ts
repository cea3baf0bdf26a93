import type { AnswerKind, ObservationAnswer } from '#modules/inspection/words.ts'

/** An observation, and what its standard admits. */
export interface Asked {
  answer: ObservationAnswer
  count: number | null
  standard: { answer: AnswerKind; mayNotApply: boolean }
}

/** What should stand there instead, as far as it is filled in. */
export interface Wish {
  answer: ObservationAnswer | null
  count: number | null
}

/** What is sent of it. Where counts are answered the answer follows from the count. */
export function wishOf(
  { standard }: Asked,
  { answer, count }: Wish,
): { answer: ObservationAnswer; count?: number } {
  const counted = standard.answer === 'count' && answer === 'met'
  return { answer: answer!, ...(counted ? { count: count! } : {}) }
}

/** Whether it is filled in, and another one than what stands there. */
export function wishFits(asked: Asked, wish: Wish): boolean {
  if (wish.answer === null) return false
  if (asked.standard.answer === 'count' && wish.answer === 'met')
    return wish.count === null || wish.count !== asked.count
  return wish.answer !== asked.answer
}

/** Whether it can be sent. */
export const wishReady = (asked: Asked, wish: Wish): boolean =>
  wishFits(asked, wish) &&
  !(asked.standard.answer === 'count' && wish.answer === 'met' && wish.count === null)
