import { gapBetween } from './eligibility.ts'
import type { Instance } from './instance.ts'

export const dayMinutes = 1440
export const weekMinutes = 7 * dayMinutes

/** Windows of one day of which a person can serve in one at most. */
export interface Clique {
  windows: number[]
}

/** At most `cap` shifts a head on one day. */
export interface DayPlan {
  day: number
  cap: number
  cliques: Clique[]
}

/** At most `cap` shifts a head in one week. */
export interface WeekPlan {
  week: number
  cap: number
  days: DayPlan[]
}

/** Why a roster is not a network: what its caps do not say. */
export type StructureFault =
  | 'lengths' // shifts of a week differ in length, so that hours are a knapsack
  | 'ways' // whether two shifts of a day can follow depends on their zones, or does not partition them
  | 'nights' // two shifts of different days are too close

/**
 * What a person free in some windows may serve, as caps that lie within each other: week, day, and windows that
 * exclude each other. Every plan keeps these caps; without faults, whatever keeps them is a plan.
 */
export interface Structure {
  weeks: WeekPlan[]
  faults: Set<StructureFault>
}

type Relation = 'always' | 'never' | 'depends'

const pairsLookedAt = 4096

/** Finds the structure of sets of windows; how two windows relate is looked at once. */
export class StructureFinder {
  readonly #instance: Instance
  readonly #relations = new Map<number, Relation>()
  readonly #known = new Map<string, Structure>()
  /** One shift of each zone, by window. */
  readonly #zones: number[][]
  readonly #gapMax: number

  constructor(instance: Instance) {
    this.#instance = instance
    const zones = instance.windows.map(() => new Map<number, number>())
    for (let shift = 0; shift < instance.shifts; shift++)
      zones[instance.window[shift]!]!.set(instance.zone[shift]!, shift)
    this.#zones = zones.map((shiftOf) => [...shiftOf.values()])
    this.#gapMax = this.#widest(this.#zones.flat())
  }

  /** `serving`: shifts the person has already; what they take of days and weeks is taken off the caps. */
  structureOf(windows: readonly number[], serving: readonly number[] = []): Structure {
    const key = windows.join()
    const known = serving.length === 0 ? this.#known.get(key) : undefined
    if (known) return known
    const found = this.#find(windows, serving)
    if (serving.length === 0) this.#known.set(key, found)
    return found
  }

  #find(windows: readonly number[], serving: readonly number[]): Structure {
    const instance = this.#instance
    const faults = new Set<StructureFault>()
    const startOf = (window: number) => instance.windows[window]!.start
    const weeks: WeekPlan[] = []
    const byWeek = Map.groupBy(windows, (window) => Math.floor(startOf(window) / weekMinutes))
    for (const [week, inWeek] of [...byWeek].sort(([a], [b]) => a - b)) {
      const days: DayPlan[] = []
      const byDay = Map.groupBy(inWeek, (window) => Math.floor(startOf(window) / dayMinutes))
      for (const [day, inDay] of [...byDay].sort(([a], [b]) => a - b)) {
        const used = serving.filter((shift) => Math.floor(instance.start[shift]! / dayMinutes) === day).length
        const cliques = this.#cliquesOf(inDay)
        const cap = Math.min(instance.shiftsPerPerson - used, cliques.length)
        if (cap > 0) days.push({ day, cap, cliques })
      }
      const plan = { week, cap: this.#weekCap(week, days, serving, faults), days }
      if (plan.cap > 0) weeks.push(plan)
    }
    for (const { cap, days } of weeks) if (cap > 1) this.#lookWithin(days, faults)
    this.#lookBetween(weeks, faults)
    return { weeks, faults }
  }

  /** A partition into sets that exclude each other: the window that ends first, and those in its way, and again. */
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

  /** The most shifts whose lengths fit into the week, the shortest first; a fault when longer ones would not. */
  #weekCap(
    week: number,
    days: readonly DayPlan[],
    serving: readonly number[],
    faults: Set<StructureFault>,
  ): number {
    const { start, end, windows, weekMinutes: limit } = this.#instance
    const most = days.reduce((sum, { cap }) => sum + cap, 0)
    if (limit === Number.POSITIVE_INFINITY) return most
    let left = limit
    for (const shift of serving)
      if (Math.floor(start[shift]! / weekMinutes) === week) left -= end[shift]! - start[shift]!
    const lengthOf = (window: number) => windows[window]!.end - windows[window]!.start
    const pick = (choose: (...lengths: number[]) => number, order: (a: number, b: number) => number) =>
      days
        .flatMap(({ cap, cliques }) =>
          cliques
            .map((clique) => choose(...clique.windows.map(lengthOf)))
            .sort(order)
            .slice(0, cap),
        )
        .sort(order)
    const shortest = pick(Math.min, (a, b) => a - b)
    let cap = 0
    for (let minutes = 0; cap < most; cap++) {
      minutes += shortest[cap]!
      if (minutes > left) break
    }
    const longest = pick(Math.max, (a, b) => b - a).slice(0, cap)
    if (longest.reduce((sum, minutes) => sum + minutes, 0) > left) faults.add('lengths')
    return cap
  }

  /** Where a day allows several shifts, windows of different cliques must never be in each other's way. */
  #lookWithin(days: readonly DayPlan[], faults: Set<StructureFault>): void {
    for (const { cap, cliques } of days) {
      if (cap < 2) continue
      cliques.forEach(({ windows }, at) => {
        for (const other of cliques.slice(at + 1))
          if (windows.some((a) => other.windows.some((b) => this.#relation(a, b) !== 'never')))
            faults.add('ways')
      })
    }
  }

  /** Shifts of different days must never be in each other's way, unless one week allows only one of them. */
  #lookBetween(weeks: readonly WeekPlan[], faults: Set<StructureFault>): void {
    const { windows: times } = this.#instance
    const all = weeks.flatMap(({ week, cap, days }) =>
      days.flatMap(({ day, cliques }) =>
        cliques.flatMap(({ windows }) => windows.map((window) => ({ window, week, day, cap }))),
      ),
    )
    all.sort((a, b) => times[a.window]!.start - times[b.window]!.start)
    for (const [at, one] of all.entries())
      for (let next = at + 1; next < all.length; next++) {
        const other = all[next]!
        if (times[other.window]!.start >= times[one.window]!.end + this.#gapMax) break
        if (one.day === other.day || (one.week === other.week && one.cap === 1)) continue
        if (this.#relation(one.window, other.window) !== 'never') faults.add('nights')
      }
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

  /** No two of these shifts need more minutes between them than this. */
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
