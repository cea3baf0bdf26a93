import type { Commitment, Problem } from '../format/problem-format.ts'

/** The number of people with a skill that a shift requires. */
export interface SkillNeed {
  skill: number
  min: number
}

/** A problem in columns: one typed array for each attribute, with the positions of the problem. */
export interface Instance {
  readonly problem: Problem
  readonly people: number
  readonly team: Int32Array
  readonly minor: Uint8Array
  readonly skills: Int32Array
  readonly from: Float64Array
  readonly to: Float64Array
  readonly hours: Float64Array
  readonly barred: Uint8Array
  readonly commitmentsOf: Map<number, Commitment[]>
  readonly shifts: number
  readonly zone: Int32Array
  readonly start: Float64Array
  readonly end: Float64Array
  readonly min: Int32Array
  readonly target: Int32Array
  readonly max: Int32Array
  /**
   * Usable seats: up to the target, or what pins, skills and people who should stay require; up to the maximum if
   * teams are kept together, so that a team that fits is not split.
   */
  readonly limit: Int32Array
  readonly frozen: Uint8Array
  readonly needs: readonly (readonly SkillNeed[])[]
  /** Distinct intervals [start, end) of shifts, and the interval of each shift. */
  readonly window: Int32Array
  readonly windows: readonly { start: number; end: number }[]
  readonly zoneX: Float64Array
  readonly zoneY: Float64Array
  readonly zoneUnit: Int32Array
  readonly minorsOk: Uint8Array
  readonly teams: number
  readonly teamUnit: Int32Array
  readonly teamX: Float64Array
  readonly teamY: Float64Array
  readonly shiftsPerPerson: number
  readonly restMinutes: number
  /** Maximum minutes a person may serve in one week; Infinity: no limit. */
  readonly weekMinutes: number
}

/** Compiles a problem into columns. Costs O(size of the problem). */
export function compileInstance(problem: Problem): Instance {
  const { vol, shifts, zones, teams } = problem
  const windows: { start: number; end: number }[] = []
  const windowAt = new Map<string, number>()
  const window = Int32Array.from(shifts, ({ start, end }) => {
    const key = `${start}-${end}`
    let at = windowAt.get(key)
    if (at === undefined) {
      at = windows.push({ start, end }) - 1
      windowAt.set(key, at)
    }
    return at
  })
  return {
    problem,
    people: vol.team.length,
    team: Int32Array.from(vol.team),
    minor: Uint8Array.from(vol.minor),
    skills: Int32Array.from(vol.skills),
    from: Float64Array.from(vol.from),
    to: Float64Array.from(vol.to),
    hours: Float64Array.from(vol.hours),
    barred: vol.barred ? Uint8Array.from(vol.barred) : new Uint8Array(vol.team.length),
    commitmentsOf: Map.groupBy(problem.commitments, (commitment) => commitment.vol),
    shifts: shifts.length,
    zone: Int32Array.from(shifts, (shift) => shift.zone),
    start: Float64Array.from(shifts, (shift) => shift.start),
    end: Float64Array.from(shifts, (shift) => shift.end),
    min: Int32Array.from(shifts, (shift) => shift.min),
    target: Int32Array.from(shifts, (shift) => shift.target),
    max: Int32Array.from(shifts, (shift) => shift.max),
    limit: limitOf(problem),
    frozen: Uint8Array.from(shifts, (shift) => (shift.frozen ? 1 : 0)),
    needs: shifts.map(needsOf),
    window,
    windows,
    zoneX: Float64Array.from(zones, (zone) => zone.x),
    zoneY: Float64Array.from(zones, (zone) => zone.y),
    zoneUnit: Int32Array.from(zones, (zone) => zone.unit),
    minorsOk: Uint8Array.from(zones, (zone) => (zone.minorsOk ? 1 : 0)),
    teams: teams.length,
    teamUnit: Int32Array.from(teams, (team) => team.unit),
    teamX: Float64Array.from(teams, (team) => team.x),
    teamY: Float64Array.from(teams, (team) => team.y),
    shiftsPerPerson: problem.shiftsPerPerson ?? 1,
    restMinutes: problem.restMinutes ?? 0,
    weekMinutes: problem.hoursPerWeek === undefined ? Number.POSITIVE_INFINITY : problem.hoursPerWeek * 60,
  }
}

function limitOf(problem: Problem): Int32Array {
  const { shifts, pins, previous = [], stability = 'free' } = problem
  if (isTogether(problem)) return Int32Array.from(shifts, ({ max }) => max)
  const counts = (placements: readonly { shift: number }[]) => {
    const count = new Int32Array(shifts.length)
    for (const { shift } of placements) count[shift] = count[shift]! + 1
    return count
  }
  const pinned = counts(pins)
  const staying = counts(stability === 'free' ? [] : previous)
  return Int32Array.from(shifts, (shift, at) => {
    const skilled = needsOf(shift).reduce((sum, { min }) => sum + min, 0)
    return Math.min(shift.max, Math.max(shift.target, pinned[at]! + skilled, staying[at]!))
  })
}

function needsOf(shift: Problem['shifts'][number]): SkillNeed[] {
  if (shift.skills) return shift.skills.filter((need) => need.min > 0)
  const { skill = -1, skillMin = 0 } = shift
  return skill >= 0 && skillMin > 0 ? [{ skill, min: skillMin }] : []
}

/** Whether keeping teams together has priority over filling targets; the default. */
export function isTogether(problem: Problem): boolean {
  return (problem.policy ?? 'together') === 'together'
}

/** Whether the shift is in a zone for which the team's own unit is responsible. */
export function isOwn(instance: Instance, team: number, shift: number): boolean {
  const unit = instance.teamUnit[team]!
  return unit >= 0 && instance.zoneUnit[instance.zone[shift]!] === unit
}

/** Straight-line distance in metres from a team's base to a shift's zone. */
export function distanceOf(instance: Instance, team: number, shift: number): number {
  const zone = instance.zone[shift]!
  return metresBetween(
    instance.teamX[team]!,
    instance.teamY[team]!,
    instance.zoneX[zone]!,
    instance.zoneY[zone]!,
  )
}

/** Straight-line distance. `Math.hypot` is ten times slower. */
export function metresBetween(x: number, y: number, otherX: number, otherY: number): number {
  return Math.sqrt((x - otherX) ** 2 + (y - otherY) ** 2)
}
