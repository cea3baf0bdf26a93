/** What has to happen so that the tasks of a template are those that it wants. Pure. */
import type { Wanted } from './wanted.ts'

/** A task that was made of the template. */
export interface Made {
  id: string
  expansionKey: string
  unitId: string
  leaderPersonId: string | null
  /** Not signed off and not cancelled. */
  open: boolean
  /** Reported or suspended: somebody else decides about it first. */
  held: boolean
}

export interface Expansion {
  make: (Wanted & { key: string })[]
  /** The bearer is another one, or the same under another key. */
  change: { made: Made; wanted: Wanted; key: string; reissue: boolean }[]
  kept: Made[]
  gone: Made[]
}

/** The key of what a template makes for a bearer in a period. */
export const keyOf = (templateId: string, bearer: string, period: string) =>
  `${templateId}|${bearer}|${period}`

/**
 * Compares what is wanted with what was made. A repeat finds everything there. Where a duty went from one bearer to another
 * at the same place, the open task goes with it; whoever is not wanted any more keeps what they owe, and it is counted.
 */
export function expansionOf(
  templateId: string,
  period: string,
  wanted: readonly Wanted[],
  made: readonly Made[],
): Expansion {
  const of = new Map(made.map((each) => [each.expansionKey, each]))
  const keys = new Set(wanted.map(({ bearer }) => keyOf(templateId, bearer, period)))
  const left = made.filter(({ expansionKey, open }) => open && !keys.has(expansionKey))
  const result: Expansion = { make: [], change: [], kept: [], gone: [] }
  for (const each of wanted) {
    const key = keyOf(templateId, each.bearer, period)
    const there = of.get(key) ?? takeOver(left, templateId, period, each)
    if (!there) result.make.push({ ...each, key })
    else {
      const same = there.unitId === each.unitId && there.leaderPersonId === each.leaderPersonId
      const reissue = !same && there.open && !there.held
      if (there.expansionKey !== key || reissue)
        result.change.push({ made: there, wanted: each, key, reissue })
      else result.kept.push(there)
    }
  }
  result.gone.push(...left)
  return result
}

/** An open task of somebody at the same place who is not wanted any more: of the same person if there is one. */
function takeOver(left: Made[], templateId: string, period: string, wanted: Wanted): Made | undefined {
  const prefix = `${templateId}|${wanted.place}/`
  const here = left.filter(
    ({ expansionKey }) => expansionKey.startsWith(prefix) && expansionKey.endsWith(`|${period}`),
  )
  const same = here.find(({ leaderPersonId }) => leaderPersonId === wanted.leaderPersonId)
  const taken = same ?? here[0]
  if (taken) left.splice(left.indexOf(taken), 1)
  return taken
}
