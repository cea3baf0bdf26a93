import type { Proposal } from '../format/proposal.ts'

/**
 * "Too few people" is said only where it is proven. While a goal has a gap to its bound, a better plan might fill
 * some of its seats, and the reason is `unproven`. When the bound is reached, the original reason is used.
 */
export function withHonestReasons(proposal: Proposal): Proposal {
  const open = new Set(
    proposal.quality.goals.flatMap(({ goal, achieved, bound }) =>
      bound === null || achieved > bound ? [goal as string] : [],
    ),
  )
  const shortages = proposal.shortages.map((shortage) => {
    const { because, kind } = shortage
    if (because === 'elsewhere' && open.has(kind)) return { ...shortage, because: 'unproven' as const }
    return because === 'unproven' && !open.has(kind)
      ? { ...shortage, because: 'elsewhere' as const }
      : shortage
  })
  return { ...proposal, shortages }
}
