import type { Standard } from '../../api/operations.ts'
import type { SchemeWords } from '../words/schemes-zh.ts'

export type Threshold = NonNullable<Standard['thresholds']>[number]
export type DueKey = keyof SchemeWords['dues']

/** A limit as people read it; one that the list does not have stands as it is. */
export function dueText(dueClass: string | null, r: SchemeWords): string {
  if (dueClass === null) return r.noDue
  return r.dues[dueClass as DueKey] ?? dueClass
}

const percent = (score: number) => `${Math.round(score * 1000) / 10}%`

/** What each count scores, in one line. */
export const thresholdsText = (thresholds: readonly Threshold[], r: SchemeWords): string =>
  thresholds
    .map(({ upTo, score }) =>
      upTo === null ? r.scoredMore(percent(score)) : r.scored(String(upTo), percent(score)),
    )
    .join(' · ')

/** With what the thresholds of a standard begin that is counted. */
export const firstThresholds: readonly Threshold[] = [
  { upTo: 0, score: 1 },
  { upTo: null, score: 0 },
]

/** Whether they score every count: ascending, scores not rising, the last without an end. The service has the last word. */
export function thresholdsFit(thresholds: readonly Threshold[]): boolean {
  return thresholds.every(({ upTo, score }, at) => {
    const last = at === thresholds.length - 1
    const next = thresholds[at + 1]
    if (last !== (upTo === null)) return false
    return !next || ((next.upTo === null || next.upTo > upTo!) && next.score <= score)
  })
}
