import type { Answer, Origin } from './words.ts'

/** Whether a proposal must keep this place: it is pinned, made by a person, or accepted. */
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
