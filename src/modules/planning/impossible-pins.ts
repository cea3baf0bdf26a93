import type { Problem } from './problem-format.ts'
import { type Refusal, refusalOf } from './solver/eligibility.ts'
import { compileInstance } from './solver/instance.ts'

export interface ImpossiblePin {
  pin: number
  because: Refusal | 'full'
}

/** Pins that no plan could keep, each with the rule against it: alone, or together with the pins before it. */
export function judgePins(problem: Problem): ImpossiblePin[] {
  const instance = compileInstance(problem)
  const taken = new Int32Array(instance.shifts)
  const serving = new Map<number, number[]>()
  const found: ImpossiblePin[] = []
  for (const [pin, { vol, shift }] of problem.pins.entries()) {
    const before = serving.get(vol) ?? []
    const refusal = refusalOf(instance, vol, shift, before)
    const full = taken[shift]! >= instance.max[shift]!
    if (refusal || full) {
      found.push({ pin, because: refusal ?? 'full' })
      continue
    }
    taken[shift] = taken[shift]! + 1
    serving.set(vol, [...before, shift])
  }
  return found
}

/** The positions of the pins that no plan could keep. */
export function impossiblePins(problem: Problem): number[] {
  return judgePins(problem).map(({ pin }) => pin)
}
