import { type Boundary, contains } from '../geometry.ts'
import type { HeldKind } from '../words.ts'
import type { HeldThing } from './holder.ts'

export interface Held extends HeldThing {
  kind: HeldKind
}

export interface Placing {
  /** The outlines of the parts; null where none is stated. */
  outlines: readonly (Boundary | null)[]
  answers: ReadonlyMap<string, readonly number[]>
  rest: number | undefined
}

/**
 * The parts that a thing goes to: as answered; a duty to all of them; what has a place to the one part that it lies in;
 * the rest to where the rest goes. Empty: that has to be answered. Pure.
 */
export function partsOf(thing: Held, { outlines, answers, rest }: Placing): number[] {
  const answered = answers.get(thing.id)
  if (answered) return answered.filter((part) => part < outlines.length)
  if (thing.kind === 'responsibility') return outlines.map((_, part) => part)
  const { position } = thing
  const within = position
    ? outlines.flatMap((outline, part) => (outline && contains(outline, position) ? [part] : []))
    : []
  if (within.length === 1) return within
  return rest !== undefined && rest < outlines.length ? [rest] : []
}
