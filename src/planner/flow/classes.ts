import type { Commitment } from '../format/problem-format.ts'
import { besides } from '../instance/eligibility.ts'
import type { Instance } from '../instance/instance.ts'

/**
 * Interchangeable people of one team: same age band, same required skills, available in the same windows, and, if
 * staying is a goal, the same previous shift.
 */
export interface PersonClass {
  team: number
  minor: boolean
  /** The person's skills that some shift requires. */
  skills: number
  /**
   * Windows (positions in `instance.windows`) in which every shift is possible; zones that exclude minors are not
   * considered.
   */
  windows: readonly number[]
  /** The previous shift of these people; -1: none, or staying is not a goal. */
  previous: number
  /** The members, those with the fewest hours first. */
  people: number[]
  /** A single person whose duties elsewhere allow some shifts of a window but not others. */
  personal: boolean
}

export interface ClassOptions {
  /** The previous shift of a person; -1 if staying is not a goal. */
  previousOf?: (person: number) => number
  /** The shifts a person already serves on. */
  servingOf?: (person: number) => readonly number[]
}

const none: readonly number[] = []

/** Groups those of `people` who can serve anywhere into classes. Costs O(people + duties elsewhere × shifts). */
export function classesOf(
  instance: Instance,
  people: Iterable<number>,
  { previousOf = () => -1, servingOf = () => none }: ClassOptions = {},
): PersonClass[] {
  const asked = instance.needs.reduce((mask, needs) => needs.reduce((m, n) => m | (1 << n.skill), mask), 0)
  const classes = new Map<string, PersonClass>()
  const windowsOf = windowFinder(instance, servingOf)
  for (const person of people) {
    if (instance.barred[person]) continue
    const { windows, personal } = windowsOf(person)
    if (windows.length === 0) continue
    const team = instance.team[person]!
    const minor = instance.minor[person] === 1
    const skills = instance.skills[person]! & asked
    const previous = previousOf(person)
    const key = personal
      ? `p${person}`
      : `${team},${minor ? 1 : 0},${skills},${previous},${windows.join('.')}`
    const known = classes.get(key)
    if (known) known.people.push(person)
    else classes.set(key, { team, minor, skills, windows, previous, people: [person], personal })
  }
  const { hours } = instance
  for (const { people } of classes.values()) people.sort((a, b) => hours[a]! - hours[b]! || a - b)
  return [...classes.values()]
}

/**
 * The windows in which a person is available. A person with duties elsewhere is `personal`, unless the duties never
 * matter.
 */
function windowFinder(
  instance: Instance,
  servingOf: (person: number) => readonly number[],
): (person: number) => { windows: number[]; personal: boolean } {
  const byPeriod = new Map<string, number[]>()
  const shiftsOf = Map.groupBy(instance.window.keys(), (shift) => instance.window[shift]!)
  const inPeriod = (from: number, to: number): number[] => {
    const key = `${from}-${to}`
    let found = byPeriod.get(key)
    if (!found) {
      found = [...instance.windows.keys()].filter(
        (w) => from <= instance.windows[w]!.start && instance.windows[w]!.end <= to,
      )
      byPeriod.set(key, found)
    }
    return found
  }
  const reachOf = dutyReach(instance)
  return (person) => {
    const windows = inPeriod(instance.from[person]!, instance.to[person]!)
    const serving = servingOf(person)
    const duties = instance.commitmentsOf.get(person)
    if (serving.length === 0 && !duties) return { windows, personal: false }
    const left: number[] = []
    let personal = serving.length > 0
    for (const window of windows) {
      const reach = duties ? reachOf(duties, window) : 'all'
      if (reach === 'none') continue
      const shifts = shiftsOf.get(window)!
      const possible = (shift: number) => besides(instance, shift, serving) === null
      if (serving.length > 0 && !shifts.some(possible)) continue
      left.push(window)
      if (reach === 'some') personal = true
    }
    return { windows: left, personal }
  }
}

/** Whether duties elsewhere allow all zones in a window, none, or some, judged by the farthest zone. */
function dutyReach(
  instance: Instance,
): (duties: readonly Commitment[], window: number) => 'all' | 'some' | 'none' {
  const { zoneX, zoneY, problem } = instance
  let [west, south, east, north] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1e300, -1e300]
  for (let zone = 0; zone < zoneX.length; zone++) {
    west = Math.min(west, zoneX[zone]!)
    east = Math.max(east, zoneX[zone]!)
    south = Math.min(south, zoneY[zone]!)
    north = Math.max(north, zoneY[zone]!)
  }
  const farthest = ({ x, y }: Commitment) =>
    Math.sqrt(Math.max(x - west, east - x) ** 2 + Math.max(y - south, north - y) ** 2)
  return (duties, window) => {
    const { start, end } = instance.windows[window]!
    let reach: 'all' | 'some' = 'all'
    for (const duty of duties) {
      const between = Math.max(start - duty.end, duty.start - end)
      if (between < (duty.timeOnly ? 0 : problem.buffer)) return 'none'
      if (duty.timeOnly) continue
      if (between < farthest(duty) / problem.speed + problem.buffer) reach = 'some'
    }
    return reach
  }
}
