/** The search of a list's address is the query of its operation: the same names, and nothing in between. */

/** What the address asks for; names the operation does not know are passed over. */
export function queryIn<Q extends object>(search: URLSearchParams, names: readonly (keyof Q & string)[]): Q {
  const entries = names.flatMap((name) => {
    const value = search.get(name)
    return value ? [[name, value] as const] : []
  })
  return Object.fromEntries(entries) as Q
}

/** The address after a filter changed: from the first page again, and without what is empty. */
export function withFilter(search: URLSearchParams, change: Record<string, string | null>): URLSearchParams {
  const next = new URLSearchParams(search)
  next.delete('cursor')
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  return next
}
