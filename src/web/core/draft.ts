/** What somebody edits: fields of one thing. Values are compared by what they hold. */
export type Fields = Record<string, unknown>

export interface Conflict<F extends Fields> {
  field: keyof F & string
  theirs: unknown
  mine: unknown
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** The fields that differ, in the order of `mine`. */
export function changedFields<F extends Fields>(base: F, mine: F): (keyof F & string)[] {
  return Object.keys(mine).filter((field) => !same(base[field], mine[field]))
}

/**
 * Brings two edits of one thing together. What only one side changed is taken from that side; where both changed the same
 * field to different values somebody has to choose, and mine stands until they do.
 */
export function bringTogether<F extends Fields>(
  base: F,
  mine: F,
  theirs: F,
): { merged: F; conflicts: Conflict<F>[] } {
  const merged: Fields = { ...theirs }
  const conflicts: Conflict<F>[] = []
  for (const field of changedFields(base, mine)) {
    merged[field] = mine[field]
    const bothChanged = !same(base[field], theirs[field]) && !same(mine[field], theirs[field])
    if (bothChanged) conflicts.push({ field, theirs: theirs[field], mine: mine[field] })
  }
  return { merged: merged as F, conflicts }
}

/** Keys for an intention that may be sent several times: the same as long as what is sent is the same. */
export function keptKeys(newKey: () => string): (body: unknown) => string {
  let kept: { body: unknown; key: string } | undefined
  return (body) => {
    if (!kept || !same(kept.body, body)) kept = { body, key: newKey() }
    return kept.key
  }
}
