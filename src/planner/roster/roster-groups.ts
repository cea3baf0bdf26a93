import { refusalOf } from '../instance/eligibility.ts'
import type { Instance } from '../instance/instance.ts'
import type { Structure, StructureFinder, StructureSide } from './roster-structure.ts'

/** People of one team who are interchangeable over the whole roster. */
export interface RosterGroup {
  team: number
  minor: boolean
  /** The person's skills that some shift requires. */
  skills: number
  /** The members, those with the fewest shifts and then hours first. */
  people: number[]
  /** Previous shifts, if staying is a goal. */
  previous: readonly number[]
  structure: Structure
  /** A single person who can take some shifts of a window but not others. */
  personal: boolean
}

export interface GroupOptions {
  servingOf: (person: number) => readonly number[]
  /** The previous shifts of a person; empty if staying is not a goal. */
  previousOf: (person: number) => readonly number[]
  finder: StructureFinder
  side: StructureSide
}

/** Groups those of `people` who can take one more shift. Costs O(people × windows). */
export function rosterGroups(
  instance: Instance,
  people: Iterable<number>,
  { servingOf, previousOf, finder, side }: GroupOptions,
): RosterGroup[] {
  const asked = instance.needs.reduce((mask, needs) => needs.reduce((m, n) => m | (1 << n.skill), mask), 0)
  const groups = new Map<string, RosterGroup>()
  const windowsOf = windowFinder(instance, finder.gapMax)
  for (const person of people) {
    if (instance.barred[person]) continue
    const serving = servingOf(person)
    const { windows, personal } = windowsOf(person, serving)
    if (windows.length === 0) continue
    const team = instance.team[person]!
    const minor = instance.minor[person] === 1
    const skills = instance.skills[person]! & asked
    const previous = previousOf(person)
    const times = finder.keyOf(windows, serving)
    const key = personal ? `p${person}` : `${team},${minor ? 1 : 0},${skills},${times},${previous.join('.')}`
    const known = groups.get(key)
    if (known) {
      known.people.push(person)
      continue
    }
    const structure = finder.structureOf(windows, serving, side)
    groups.set(key, { team, minor, skills, people: [person], previous, structure, personal })
  }
  const { hours } = instance
  for (const { people } of groups.values())
    people.sort((a, b) => servingOf(a).length - servingOf(b).length || hours[a]! - hours[b]! || a - b)
  return [...groups.values()].filter(({ structure }) => structure.weeks.length > 0)
}

/** The windows in which a person can take a shift, and whether only some shifts of a window are possible. */
function windowFinder(instance: Instance, gapMax: number) {
  const { windows: times, zoneX, zoneY, problem } = instance
  const shiftsOf = Map.groupBy(instance.window.keys(), (shift) => instance.window[shift]!)
  const known = new Map<string, number[]>()
  const forMinors = times.map((_, window) =>
    shiftsOf.get(window)!.some((shift) => instance.minorsOk[instance.zone[shift]!] === 1),
  )
  const inPeriod = (from: number, to: number, minor: boolean): number[] => {
    const key = `${from},${to},${minor ? 1 : 0}`
    let found = known.get(key)
    if (!found) {
      found = [...times.keys()].filter((window) => {
        const { start, end } = times[window]!
        if (start < from || end > to || end - start > instance.weekMinutes) return false
        return !minor || forMinors[window]!
      })
      known.set(key, found)
    }
    return found
  }
  const dutiesOf = (person: number) =>
    (instance.commitmentsOf.get(person) ?? []).map(({ start, end, x, y, timeOnly }) => {
      if (timeOnly) return { start, end, gap: 0 }
      let far = 0
      for (let zone = 0; zone < zoneX.length; zone++)
        far = Math.max(far, Math.hypot(zoneX[zone]! - x, zoneY[zone]! - y))
      return { start, end, gap: far / problem.speed + problem.buffer }
    })
  return (person: number, serving: readonly number[]): { windows: number[]; personal: boolean } => {
    const windows = inPeriod(instance.from[person]!, instance.to[person]!, instance.minor[person] === 1)
    if (serving.length === 0 && !instance.commitmentsOf.has(person)) return { windows, personal: false }
    const busy = [
      ...dutiesOf(person),
      ...serving.map((shift) => ({ start: instance.start[shift]!, end: instance.end[shift]!, gap: gapMax })),
    ]
    let personal = false
    const left = windows.filter((window) => {
      const { start, end } = times[window]!
      const shifts = shiftsOf.get(window)!
      const stopped = (shift: number) => {
        const refusal = refusalOf(instance, person, shift, serving)
        return refusal !== null && refusal !== 'minors'
      }
      // Far from all duties only the limits per day and week apply, equally for all shifts of the window.
      if (!busy.some((duty) => start < duty.end + duty.gap && duty.start < end + duty.gap))
        return !stopped(shifts[0]!)
      const possible = shifts.filter((shift) => !stopped(shift)).length
      if (possible > 0 && possible < shifts.length) personal = true
      return possible > 0
    })
    return { windows: left, personal }
  }
}

/** The windows in the order of the structure: the windows of one clique, day and week are consecutive. */
export function windowsInOrder({ weeks }: Structure): number[] {
  return weeks.flatMap(({ days }) => days.flatMap(({ cliques }) => cliques.flatMap(({ windows }) => windows)))
}

/** The maximum number of shifts per person over the whole roster. */
export function shiftsAHead({ weeks }: Structure): number {
  return weeks.reduce((sum, { cap }) => sum + cap, 0)
}
