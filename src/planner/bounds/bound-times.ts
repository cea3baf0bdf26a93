import type { Instance } from '../instance/instance.ts'

const dayMinutes = 1440
const weekMinutes = 7 * dayMinutes

/** The weighted sum of one person's placements in these windows is at most `each`. */
export interface TimeRule {
  readonly weight: ReadonlyMap<number, number>
  readonly each: number
}

/** Whether a person may serve more than once. */
export function isRepeated(instance: Instance): boolean {
  return instance.shiftsPerPerson > 1 || instance.windows.some(({ start }) => start >= dayMinutes)
}

/**
 * Upper limits on the service of one person available in these windows. With one shift per person this is one row.
 * Otherwise it is a relaxation that ignores travel and rest: one shift at a time, the limit per day, the hours per
 * week.
 */
export function timeRules(instance: Instance, windows: readonly number[]): TimeRule[] {
  const once = (of: readonly number[], each: number): TimeRule => ({
    weight: new Map(of.map((window) => [window, 1])),
    each,
  })
  if (!isRepeated(instance)) return [once(windows, 1)]
  const { start, end } = {
    start: (window: number) => instance.windows[window]!.start,
    end: (window: number) => instance.windows[window]!.end,
  }
  const atOnce = windows.map((one) =>
    windows.filter((other) => start(other) <= start(one) && start(one) < end(other)),
  )
  const rules = largest(atOnce).map((of) => once(of, 1))
  for (const day of Map.groupBy(windows, (w) => Math.floor(start(w) / dayMinutes)).values())
    rules.push(once(day, instance.shiftsPerPerson))
  if (instance.weekMinutes === Number.POSITIVE_INFINITY) return rules
  for (const week of Map.groupBy(windows, (w) => Math.floor(start(w) / weekMinutes)).values()) {
    const weight = new Map(week.map((window) => [window, end(window) - start(window)]))
    // A single shift never exceeds the limit by itself.
    rules.push({ weight, each: Math.max(Math.floor(instance.weekMinutes), ...weight.values()) })
  }
  return rules
}

/** The sets that are not contained in another set. */
function largest(sets: readonly number[][]): number[][] {
  const distinct = [...new Map(sets.map((set) => [set.toSorted((a, b) => a - b).join(), set])).values()]
  return distinct.filter(
    (set) =>
      !distinct.some((other) => other.length > set.length && set.every((each) => other.includes(each))),
  )
}
