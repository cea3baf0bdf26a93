import { type Birth, birthsAgree } from '../ages.ts'
import type { LinkDoubt } from '../words.ts'

/** What is known of a record that says whose it is. */
export interface LinkFacts {
  id: string
  /** Merged and erased records are nobody's. */
  alive: boolean
  /** Not to be treated as a minor. A minor's records are linked by people only. */
  grownUp: boolean
  searchName: string
  /** The identity number, under a key that is equal for equal numbers. */
  identity: string | null
  /** The ids of the person's own phones and addresses. */
  numbers: readonly string[]
  birth: Birth | null
}

/** A pair of records, the smaller id first. */
export type Pair = readonly [string, string]
export const pairOf = (one: string, other: string): Pair => (one < other ? [one, other] : [other, one])
export const keyOf = ([one, other]: Pair) => `${one} ${other}`

/** What people said of pairs, by `keyOf`: one human or two. An undone merge is a doubt. */
export interface Rulings {
  said: ReadonlyMap<string, 'same' | 'different'>
  unmerged: ReadonlySet<string>
}

export interface Linked {
  /** For each record the id of its human: that of the oldest record; null when no other record is known. */
  humans: Map<string, string | null>
  /** The pairs that are left to an office. */
  questions: Map<string, LinkDoubt>
}

/** Nobody has more records; what more share is a stopgap, such as 待定 with the number of the office. */
const recordsMax = 20

/**
 * Decides which of these records are of one human. Certain are the same identity number and name, else the same name
 * and own number, of grown-ups; what contradicts this is a question. What people said comes first. A record that fits
 * two humans is left alone.
 */
export function linkUp(records: readonly LinkFacts[], { said, unmerged }: Rulings): Linked {
  const alive = records.filter((record) => record.alive).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const humans = new Humans(alive.map(({ id }) => id))
  const questions = new Map<string, LinkDoubt>()
  const certain: Pair[] = []
  const likely: Pair[] = []
  for (const [key, says] of said) if (says === 'same') humans.join(key.split(' ') as [string, string])
  for (const [one, other] of pairsOf(alive.filter(({ grownUp }) => grownUp))) {
    const pair = pairOf(one.id, other.id)
    if (said.has(keyOf(pair))) continue
    const judged = judge(one, other, unmerged.has(keyOf(pair)))
    if (judged === 'identity') certain.push(pair)
    else if (judged === 'number') likely.push(pair)
    else questions.set(keyOf(pair), judged)
  }
  const apart = [...said].flatMap(([key, says]) => (says === 'different' ? [key] : [])).map(split)
  for (const pair of certain) humans.join(pair, apart)
  const doubted = [...apart, ...[...questions.keys()].map(split)]
  for (const group of humans.groupsBy(likely)) {
    if (!doubted.some(([one, other]) => group.has(one) && group.has(other))) humans.joinAll(group)
  }
  return { humans: new Map(records.map(({ id }) => [id, humans.of(id)])), questions }
}

const split = (key: string) => key.split(' ') as [string, string]

function judge(one: LinkFacts, other: LinkFacts, unmerged: boolean): 'identity' | 'number' | LinkDoubt {
  if (one.identity !== null && one.identity === other.identity) {
    return one.searchName === other.searchName ? 'identity' : 'other_name'
  }
  if (one.identity !== null && other.identity !== null) return 'other_identity'
  if (one.birth && other.birth && differ(one.birth, other.birth)) return 'other_birth_date'
  return unmerged ? 'unmerged' : 'number'
}

/** The dates are decrypted only when the years are equal. */
const differ = (one: Birth, other: Birth) => one.year !== other.year || !birthsAgree(one.date(), other.date())

/** The pairs with the same identity number, or the same name and own number; each once. */
function pairsOf(records: readonly LinkFacts[]): [LinkFacts, LinkFacts][] {
  const sharing = new Map<string, LinkFacts[]>()
  const add = (key: string, record: LinkFacts) => sharing.set(key, [...(sharing.get(key) ?? []), record])
  for (const record of records) {
    if (record.identity !== null) add(`identity ${record.identity}`, record)
    for (const number of record.numbers) add(`${number} ${record.searchName}`, record)
  }
  const pairs = new Map<string, [LinkFacts, LinkFacts]>()
  for (const same of sharing.values()) {
    if (same.length > recordsMax) continue
    for (const [at, one] of same.entries())
      for (const other of same.slice(at + 1)) pairs.set(keyOf(pairOf(one.id, other.id)), [one, other])
  }
  return [...pairs.values()]
}

/** Records that are put together, step by step. */
class Humans {
  readonly #groupOf: Map<string, Set<string>>

  constructor(ids: readonly string[]) {
    this.#groupOf = new Map(ids.map((id) => [id, new Set([id])]))
  }

  /** Joins two records, unless that would put two together who are `apart`. */
  join([one, other]: Pair, apart: readonly Pair[] = []): void {
    const [first, second] = [this.#groupOf.get(one), this.#groupOf.get(other)]
    if (!first || !second || first === second) return
    const clash = ([a, b]: Pair) => (first.has(a) && second.has(b)) || (first.has(b) && second.has(a))
    if (!apart.some(clash)) this.joinAll([...first, ...second])
  }

  joinAll(ids: Iterable<string>): void {
    const group = new Set(ids)
    for (const id of group) this.#groupOf.set(id, group)
  }

  /** The groups that these pairs would make, with whoever is joined to one of them already. */
  groupsBy(pairs: readonly Pair[]): Set<string>[] {
    const possible = new Humans([])
    for (const [id, group] of this.#groupOf) possible.#groupOf.set(id, group)
    for (const pair of pairs) possible.join(pair)
    return [...new Set(possible.#groupOf.values())].filter((group) => group.size > 1)
  }

  of(id: string): string | null {
    const group = this.#groupOf.get(id)
    return group && group.size > 1 ? ([...group].toSorted()[0] as string) : null
  }
}
