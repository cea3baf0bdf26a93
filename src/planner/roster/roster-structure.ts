import { gapBetween } from '../instance/eligibility.ts'
import type { Instance } from '../instance/instance.ts'

export const dayMinutes = 1440
export const weekMinutes = 7 * dayMinutes

/** Windows of one day that exclude each other: a person can serve in at most one. */
export interface Clique {
  windows: number[]
}

/** At most `cap` shifts per person on one day. */
export interface DayPlan {
  day: number
  cap: number
  cliques: Clique[]
}

/** At most `cap` shifts per person in one week. */
export interface WeekPlan {
  week: number
  cap: number
  days: DayPlan[]
}

/** Why a roster is not exactly a network: a rule that caps cannot express. */
export type StructureFault =
  | 'lengths' // shifts of a week differ in length, so that hours are a knapsack
  | 'ways' // whether two shifts of a day can follow depends on their zones, or does not partition them
  | 'nights' // two shifts of different days are too close

/**
 * The rules for one person available in some windows, as nested caps: week, day, and clique (windows that exclude
 * each other).
 */
export interface Structure {
  weeks: WeekPlan[]
  /** Rules that caps cannot express; if there are none, a plan is valid exactly if it keeps the caps. */
  faults: ReadonlySet<StructureFault>
  /** Whether every plan within the caps is valid. */
  safe: boolean
}

/**
 * `outer`: every valid plan keeps the caps (relaxation). `inner`: every plan within the caps is valid, except for
 * rest between days.
 */
export type StructureSide = 'outer' | 'inner'

type Relation = 'always' | 'never' | 'depends'

const pairsLookedAt = 4096

/** Computes the structure for sets of windows, with a cache for pairs of windows. */
export class StructureFinder {
  /** The maximum of minutes required between any two shifts. */
  readonly gapMax: number
  readonly #instance: Instance
  readonly #relations = new Map<number, Relation>()
  readonly #known = new Map<string, Structure>()
  /** One shift of each zone, by window. */
  readonly #zones: number[][]

  constructor(instance: Instance) {
    this.#instance = instance
    const zones = instance.windows.map(() => new Map<number, number>())
    for (let shift = 0; shift < instance.shifts; shift++)
      zones[instance.window[shift]!]!.set(instance.zone[shift]!, shift)
    this.#zones = zones.map((shiftOf) => [...shiftOf.values()])
    this.gapMax = this.#widest(this.#zones.flat())
  }

  /** Cache key: people with the same key and the same side have the same structure. */
  keyOf(windows: readonly number[], serving: readonly number[]): string {
    if (serving.length === 0) return windows.join()
    const { start, end } = this.#instance
    const used = serving.map(
      (shift) => `${Math.floor(start[shift]! / dayMinutes)}:${end[shift]! - start[shift]!}`,
    )
    return `${windows.join()};${used.sort().join()}`
  }

  /** `serving`: shifts the person already has; they are subtracted from the caps of days and weeks. */
  structureOf(
    windows: readonly number[],
    serving: readonly number[] = [],
    side: StructureSide = 'outer',
  ): Structure {
    const key = `${side} ${this.keyOf(windows, serving)}`
    const known = this.#known.get(key)
    if (known) return known
    const found = this.#find(windows, serving, side)
    this.#known.set(key, found)
    return found
  }

  #find(windows: readonly number[], serving: readonly number[], side: StructureSide): Structure {
    const outer = this.#capsOf(windows, serving, 'outer')
    const faults = new Set<StructureFault>()
    for (const { week, cap, days } of outer) {
      if (this.#weekCap(week, days, serving, 'inner') < cap) faults.add('lengths')
      if (cap > 1 && this.#mixed(days)) faults.add('ways')
    }
    const weeks = side === 'outer' ? outer : this.#capsOf(windows, serving, 'inner')
    const nights = this.#meetAtNight(weeks)
    if (nights || this.#meetAtNight(outer)) faults.add('nights')
    return { weeks, faults, safe: side === 'outer' ? faults.size === 0 : !nights }
  }

  #capsOf(windows: readonly number[], serving: readonly number[], side: StructureSide): WeekPlan[] {
    const instance = this.#instance
    const startOf = (window: number) => instance.windows[window]!.start
    const weeks: WeekPlan[] = []
    const byWeek = Map.groupBy(windows, (window) => Math.floor(startOf(window) / weekMinutes))
    for (const [week, inWeek] of [...byWeek].sort(([a], [b]) => a - b)) {
      const days: DayPlan[] = []
      const byDay = Map.groupBy(inWeek, (window) => Math.floor(startOf(window) / dayMinutes))
      for (const [day, inDay] of [...byDay].sort(([a], [b]) => a - b)) {
        const used = serving.filter((shift) => Math.floor(instance.start[shift]! / dayMinutes) === day).length
        const cliques = side === 'outer' ? this.#cliquesOf(inDay) : this.#componentsOf(inDay)
        const cap = Math.min(instance.shiftsPerPerson - used, cliques.length)
        if (cap > 0) days.push({ day, cap, cliques })
      }
      const cap = this.#weekCap(week, days, serving, side)
      if (cap > 0) weeks.push({ week, cap, days })
    }
    return weeks
  }

  /** Components of the conflict graph: windows of different sets never conflict. */
  #componentsOf(windows: readonly number[]): Clique[] {
    let components: Clique[] = []
    for (const window of windows) {
      const touched = components.filter((each) => {
        return each.windows.some((other) => this.#relation(window, other) !== 'never')
      })
      components = components.filter((each) => !touched.includes(each))
      components.push({ windows: [...touched.flatMap((each) => each.windows), window] })
    }
    return components
  }

  /** Greedy partition into cliques: the window that ends first with all windows in conflict with it, then again. */
  #cliquesOf(windows: readonly number[]): Clique[] {
    const { windows: times } = this.#instance
    let left = windows.toSorted((a, b) => times[a]!.end - times[b]!.end || a - b)
    const cliques: Clique[] = []
    while (left.length > 0) {
      const clique: number[] = []
      for (const window of left)
        if (clique.every((other) => this.#relation(window, other) === 'always')) clique.push(window)
      cliques.push({ windows: clique })
      left = left.filter((window) => !clique.includes(window))
    }
    return cliques
  }

  /** The maximum number of shifts in a week: counted with the shortest ones, or for the inner side with the longest. */
  #weekCap(week: number, days: readonly DayPlan[], serving: readonly number[], side: StructureSide): number {
    const { start, end, windows, weekMinutes: limit } = this.#instance
    const most = days.reduce((sum, { cap }) => sum + cap, 0)
    if (limit === Number.POSITIVE_INFINITY) return most
    let left = limit
    for (const shift of serving)
      if (Math.floor(start[shift]! / weekMinutes) === week) left -= end[shift]! - start[shift]!
    const lengthOf = (window: number) => windows[window]!.end - windows[window]!.start
    const choose = side === 'outer' ? Math.min : Math.max
    const order = (a: number, b: number) => (side === 'outer' ? a - b : b - a)
    const lengths = days
      .flatMap(({ cap, cliques }) =>
        cliques
          .map((clique) => choose(...clique.windows.map(lengthOf)))
          .sort(order)
          .slice(0, cap),
      )
      .sort(order)
    let cap = 0
    for (let minutes = 0; cap < most; cap++) {
      minutes += lengths[cap]!
      if (minutes > left) break
    }
    return cap
  }

  /** Whether a day with several shifts has windows of different cliques that may conflict. */
  #mixed(days: readonly DayPlan[]): boolean {
    return days.some(({ cap, cliques }) => {
      if (cap < 2) return false
      return cliques.some(({ windows }, at) =>
        cliques
          .slice(at + 1)
          .some((other) => windows.some((a) => other.windows.some((b) => this.#relation(a, b) !== 'never'))),
      )
    })
  }

  /** Whether shifts of different days may conflict, where one week allows both. */
  #meetAtNight(weeks: readonly WeekPlan[]): boolean {
    const { windows: times } = this.#instance
    const all = weeks.flatMap(({ week, cap, days }) =>
      days.flatMap(({ day, cliques }) =>
        cliques.flatMap(({ windows }) => windows.map((window) => ({ window, week, day, cap }))),
      ),
    )
    all.sort((a, b) => times[a.window]!.start - times[b.window]!.start)
    return all.some((one, at) => {
      for (let next = at + 1; next < all.length; next++) {
        const other = all[next]!
        if (times[other.window]!.start >= times[one.window]!.end + this.gapMax) break
        if (one.day === other.day || (one.week === other.week && one.cap === 1)) continue
        if (this.#relation(one.window, other.window) !== 'never') return true
      }
      return false
    })
  }

  #relation(a: number, b: number): Relation {
    const key = Math.min(a, b) * this.#instance.windows.length + Math.max(a, b)
    let known = this.#relations.get(key)
    if (!known) {
      known = this.#relate(a, b)
      this.#relations.set(key, known)
    }
    return known
  }

  #relate(a: number, b: number): Relation {
    const { windows, restMinutes, problem } = this.#instance
    const [first, second] = windows[a]!.start <= windows[b]!.start ? [a, b] : [b, a]
    const between = windows[second]!.start - windows[first]!.end
    if (between < 0) return 'always'
    const [here, there] = [this.#zones[a]!, this.#zones[b]!]
    if (here.length * there.length > pairsLookedAt) {
      const shared = here.some((shift) => there.some((other) => this.#sameZone(shift, other)))
      if (between < (shared ? restMinutes : Math.max(restMinutes, problem.buffer))) return 'always'
      return between >= this.#widest([...here, ...there]) ? 'never' : 'depends'
    }
    const gaps = here.flatMap((shift) => there.map((other) => gapBetween(this.#instance, shift, other)))
    if (gaps.every((gap) => between < gap)) return 'always'
    return gaps.every((gap) => between >= gap) ? 'never' : 'depends'
  }

  #sameZone(shift: number, other: number): boolean {
    return this.#instance.zone[shift] === this.#instance.zone[other]
  }

  /** The maximum of minutes required between any two of these shifts. */
  #widest(shifts: readonly number[]): number {
    const { zone, zoneX, zoneY, restMinutes, problem } = this.#instance
    const range = (axis: Float64Array) => {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (const shift of shifts) {
        low = Math.min(low, axis[zone[shift]!]!)
        high = Math.max(high, axis[zone[shift]!]!)
      }
      return Math.max(0, high - low)
    }
    return Math.max(restMinutes, Math.hypot(range(zoneX), range(zoneY)) / problem.speed + problem.buffer)
  }
}
