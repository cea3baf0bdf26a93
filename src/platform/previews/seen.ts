/** What is compared between the preview and the act: plain values, by the id of each thing the act would change. */
export type Seen = Readonly<Record<string, Readonly<Record<string, string | number | boolean | null>>>>

export interface Differing {
  id: string
  /** Null: the act did not concern it when it was previewed. */
  seen: Seen[string] | null
  /** Null: the act does not concern it any more. */
  now: Seen[string] | null
}

/** The things that are not as they were seen, in order of id. Pure. */
export function differing(seen: Seen, now: Seen): Differing[] {
  const ids = [...new Set([...Object.keys(seen), ...Object.keys(now)])].sort()
  return ids.flatMap((id) => {
    const [before = null, after = null] = [seen[id], now[id]]
    return before && after && alike(before, after) ? [] : [{ id, seen: before, now: after }]
  })
}

function alike(one: Seen[string], other: Seen[string]): boolean {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => one[key] === other[key])
}
