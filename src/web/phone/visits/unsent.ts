/** What every page of the phone asks of the visits that are kept. Pure. */
import type { KeptVisits } from './kinds.ts'

/** Visits that were begun or finished and are not at home. */
export const unsentVisits = ({ works, uploads }: KeptVisits): number => works.length + uploads.length

/** Under which name the bytes of a picture are kept. */
export const pictureName = (id: string): string => `picture/${id}`

/** The names of all pictures that visits have on the phone. */
export function picturesOf({ works, uploads }: Pick<KeptVisits, 'works' | 'uploads'>): string[] {
  const seen = works.flatMap((work) => Object.values(work.seen))
  return [...seen, ...uploads].flatMap(({ pictures }) => pictures.map(({ id }) => pictureName(id)))
}

const dayMs = 24 * 3600_000

/** Whether nothing of it is needed any more: no work is left, and where to go was read a week ago. */
export function isOldVisits(kept: KeptVisits, now: number): boolean {
  return unsentVisits(kept) === 0 && now > (kept.packet?.at ?? 0) + 7 * dayMs
}
