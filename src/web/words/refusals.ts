import { Refused, Unreachable } from '../core/refused.ts'
import type { Speech } from './index.ts'

/** What a refusal says to people: the service's own text, or, where something in between answered, what its status means. */
export function refusalText({ problem }: Refused, { w }: Speech): string {
  const { refusals } = w
  const byStatus = refusals[problem.status as keyof typeof refusals]
  return problem.text || (byStatus ?? (problem.status >= 500 ? refusals[500] : refusals[422]))
}

/** What any failure of asking says to people. */
export function troubleText(error: unknown, speech: Speech): string {
  if (error instanceof Refused) return refusalText(error, speech)
  const { failure } = speech.w
  return error instanceof Unreachable ? failure.unreachable : failure.pageText
}
