/** What a standard must be to be scored. Pure. */
import type { Severity } from '../words.ts'
import { severities } from '../words.ts'
import type { Threshold } from './tables.ts'

/**
 * Whether every count has exactly one score: ends ascend, the last one has none, and more faults never score more.
 */
export function thresholdsFit(thresholds: readonly Threshold[]): boolean {
  const last = thresholds.length - 1
  return thresholds.every(({ upTo, score }, n) => {
    if ((upTo === null) !== (n === last)) return false
    const before = thresholds[n - 1]
    if (!before) return true
    return score <= before.score && (upTo === null || upTo > before.upTo!)
  })
}

/** One step up: what is found again is worse. The worst stays what it is. */
export function severityUp(severity: Severity): Severity {
  const all = Object.keys(severities) as Severity[]
  return all[Math.min(all.indexOf(severity) + 1, all.length - 1)]!
}
