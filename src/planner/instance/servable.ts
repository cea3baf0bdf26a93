import type { Instance } from './instance.ts'

/** People who can serve on at least one shift, by availability and consent. */
export function servableOf(instance: Instance): Uint8Array {
  const servable = new Uint8Array(instance.people)
  for (let person = 0; person < instance.people; person++) {
    if (instance.barred[person]) continue
    const fits = instance.windows.some(
      ({ start, end }) => instance.from[person]! <= start && end <= instance.to[person]!,
    )
    if (fits) servable[person] = 1
  }
  return servable
}
