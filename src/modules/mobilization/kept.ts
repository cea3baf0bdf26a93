import type { Answer, Origin } from './words.ts'

/** What a proposal must leave as it is: pinned, decided by a person, or accepted. */
export function isKept({
  pinned,
  origin,
  answer,
}: {
  pinned: boolean
  origin: Origin
  answer?: Answer | null
}): boolean {
  return pinned || origin !== 'plan' || answer === 'accepted'
}
