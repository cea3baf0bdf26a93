/** The similarity of unit names, for proposals only. Pure. */
import { searchNameOf } from '#modules/organisation/pure.ts'

/** A name for comparison: without province and city at its beginning, and without 机关, 本级, 本部 or 全体 at its end. */
export function coreName(name: string): string {
  const plain = searchNameOf(name)
  const core = plain
    .replace(/^\p{Script=Han}{2,3}省/u, '')
    .replace(/^(?:\p{Script=Han}{2,3}市|市)(?=\p{Script=Han}{2})/u, '')
    .replace(/(?:机关|本级|本部|全体)$/, '')
  return core === '' ? plain : core
}

function pairsOf(text: string): Map<string, number> {
  const pairs = new Map<string, number>()
  for (let at = 0; at < text.length - 1; at++) {
    const pair = text.slice(at, at + 2)
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
  }
  return pairs
}

/** Dice's coefficient over pairs of characters. */
function overlap(a: string, b: string): number {
  if (a.length < 2 || b.length < 2) return a === b ? 1 : 0
  const pairs = pairsOf(a)
  let shared = 0
  for (const [pair, times] of pairsOf(b)) shared += Math.min(times, pairs.get(pair) ?? 0)
  return (2 * shared) / (a.length + b.length - 2)
}

/** Whether `short` is an abbreviation of `long`: a subsequence that keeps the first and the last character. */
function abbreviates(short: string, long: string): boolean {
  if (short.length < 2 || short.length >= long.length) return false
  if (short[0] !== long[0] || short.at(-1) !== long.at(-1)) return false
  let at = 0
  for (const character of long) if (character === short[at]) at++
  return at === short.length
}

/** The similarity from 0 to 1; 1 when only city, brackets or the like differ. */
export function likeness(a: string, b: string): number {
  const [one, other] = [coreName(a), coreName(b)]
  if (one === other) return 1
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (abbreviates(short, long)) return 0.9
  const contained = short.length >= 3 && long.includes(short) ? 0.6 + (0.3 * short.length) / long.length : 0
  return Math.max(contained, overlap(one, other))
}

/** The minimum similarity of a proposal. */
export const likenessMin = 0.45

export interface Named {
  id: string
  name: string
  /** Other names it goes by. */
  aliases?: readonly string[]
}

export interface Proposal {
  id: string
  name: string
  /** From 0 to 1. */
  likeness: number
}

/** The similar names among known ones, the most similar first, at most `max`. */
export function proposalsFor(name: string, known: Iterable<Named>, max = 5): Proposal[] {
  const proposals: Proposal[] = []
  for (const { id, name: own, aliases = [] } of known) {
    const score = Math.max(...[own, ...aliases].map((each) => likeness(name, each)))
    if (score >= likenessMin) proposals.push({ id, name: own, likeness: Math.round(score * 100) / 100 })
  }
  return proposals.sort((a, b) => b.likeness - a.likeness || a.name.localeCompare(b.name, 'zh')).slice(0, max)
}
