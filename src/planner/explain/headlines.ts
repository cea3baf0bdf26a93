import type { Problem } from '../format/problem-format.ts'
import type { Headline, Shortage } from '../format/proposal.ts'
import type { LeverName, ShortageKind } from '../format/vocabulary.ts'

const headlinesMax = 3

const weight: Record<ShortageKind, number> = { minimum: 0, skill: 1, target: 2 }

/** Orders shortages: the more important goal first, then the larger gap. */
export function compareShortages(
  a: Pick<Shortage<unknown>, 'kind' | 'missing'>,
  b: Pick<Shortage<unknown>, 'kind' | 'missing'>,
): number {
  return weight[a.kind] - weight[b.kind] || b.missing - a.missing
}

/** A shortage with its explanation: its own, or that of the shortage it is `like`. */
export function explainedAt<Ref>(shortages: readonly Shortage<Ref>[], at: number): Shortage<Ref> {
  const own = shortages[at]!
  if (own.like === undefined) return own
  const { shift, kind, missing, because, worthOfOneMore, like, competing } = own
  const { levers = [], ...model } = shortages[like]!
  const left = because === 'contested' ? levers.filter(({ lever }) => !usesIdle.has(lever)) : levers
  const found = { ...model, shift, kind, missing, because, worthOfOneMore, like, levers: left }
  return competing ? { ...found, competing } : found
}

/** Levers that use people who are already idle. */
export const usesIdle: ReadonlySet<LeverName> = new Set<LeverName>(['split', 'policy'])

interface Group {
  /** The position of the worst shortage of the group. */
  worst: number
  district: number
  shifts: number
  zones: Set<number>
  missing: number
}

/**
 * Selects the three most informative explanations. Shortages of one kind, reason and district form a group, if the
 * same kind of person would help. The first headline is the group with the largest gap in the most important goal.
 * Each further one is the group that differs most from those selected: by reason, kind and skill, by lever, by
 * district; among equals the largest gap.
 */
export function headlinesOf(problem: Problem, shortages: readonly Shortage[]): Headline[] {
  const left = groupsOf(problem, shortages)
  const chosen: Group[] = []
  while (chosen.length < headlinesMax && left.length > 0) {
    const news = left.map((group) => novelty(shortages, group, chosen))
    const most = Math.max(...news)
    const [next] = left.splice(news.indexOf(most), 1)
    chosen.push(next!)
  }
  return chosen.map(({ worst, district, shifts, zones, missing }) => ({
    shortage: worst,
    district,
    shifts,
    zones: zones.size,
    missing,
  }))
}

/** The groups, most important first. */
function groupsOf({ shifts, zones }: Problem, shortages: readonly Shortage[]): Group[] {
  const groups = new Map<string, Group>()
  const ranked = [...shortages.keys()].sort((a, b) => compareShortages(shortages[a]!, shortages[b]!) || a - b)
  for (const at of ranked) {
    const { shift, kind, skill, because, missing, like } = shortages[at]!
    const { oneMore } = shortages[like ?? at]!
    const { zone } = shifts[shift]!
    const { district } = zones[zone]!
    const key = `${kind},${skill ?? -1},${because},${oneMore?.who},${district}`
    const group = groups.get(key)
    if (!group) {
      groups.set(key, { worst: at, district, shifts: 1, zones: new Set([zone]), missing })
      continue
    }
    group.shifts++
    group.zones.add(zone)
    group.missing += missing
  }
  return [...groups.values()].sort((a, b) => {
    const [one, other] = [shortages[a.worst]!, shortages[b.worst]!]
    return weight[one.kind] - weight[other.kind] || b.missing - a.missing || a.worst - b.worst
  })
}

/** How much a group differs from each selected one; the smallest difference counts. */
function novelty(shortages: readonly Shortage[], group: Group, chosen: readonly Group[]): number {
  const mine = traitsOf(shortages, group)
  return mine.reduce((sum, { trait, worth }, at) => {
    const known = chosen.some((other) => traitsOf(shortages, other)[at]!.trait === trait)
    return known ? sum : sum + worth
  }, 0)
}

function traitsOf(shortages: readonly Shortage[], { worst, district }: Group) {
  const { because, kind, skill, levers = [], oneMore } = explainedAt(shortages, worst)
  return [
    { trait: because, worth: 8 },
    { trait: `${kind},${skill ?? ''}`, worth: 4 },
    { trait: oneMore?.who ?? '', worth: 3 },
    { trait: levers.map(({ lever }) => lever).join(), worth: 2 },
    { trait: `${district}`, worth: 1 },
  ]
}
