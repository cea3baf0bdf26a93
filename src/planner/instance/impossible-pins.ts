import type { Problem } from '../format/problem-format.ts'
import { type Refusal, refusalOf } from './eligibility.ts'
import { compileInstance } from './instance.ts'
import { type Decided, pinEscorts } from './pin-escorts.ts'

export interface ImpossiblePin {
  pin: number
  because: Refusal | 'full' | 'unescorted'
}

/**
 * Pins that no plan can keep, each with the rule against it: alone, together with earlier pins, or because no adult
 * of the minor's team can be the escort.
 */
export function judgePins(problem: Problem): ImpossiblePin[] {
  const instance = compileInstance(problem)
  const decided: Decided = { serving: new Map(), count: new Int32Array(instance.shifts) }
  const found: ImpossiblePin[] = []
  const kept: number[] = []
  const place = (vol: number, shift: number) => {
    decided.count[shift] = decided.count[shift]! + 1
    decided.serving.set(vol, [...(decided.serving.get(vol) ?? []), shift])
  }
  const isFull = (shift: number) => decided.count[shift]! >= instance.max[shift]!
  for (const [pin, { vol, shift }] of problem.pins.entries()) {
    const refusal = refusalOf(instance, vol, shift, decided.serving.get(vol) ?? [])
    if (refusal || isFull(shift)) {
      found.push({ pin, because: refusal ?? 'full' })
      continue
    }
    place(vol, shift)
    kept.push(pin)
  }
  for (const { vol, shift } of problem.previous ?? []) {
    const serving = decided.serving.get(vol) ?? []
    if (!instance.frozen[shift] || instance.minor[vol] || serving.includes(shift) || isFull(shift)) continue
    if (!refusalOf(instance, vol, shift, serving)) place(vol, shift)
  }
  const { unescorted } = pinEscorts(
    instance,
    kept.map((pin) => problem.pins[pin]!),
    decided,
  )
  for (const at of unescorted) found.push({ pin: kept[at]!, because: 'unescorted' })
  return found.sort((a, b) => a.pin - b.pin)
}

/** The positions of the pins that no plan can keep. */
export function impossiblePins(problem: Problem): number[] {
  return judgePins(problem).map(({ pin }) => pin)
}
