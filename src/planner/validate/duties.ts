import type { Problem } from '../format/problem-format.ts'
import type { ViolationCode } from './violation.ts'

function metres(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2)
}

/** What a person does at a time and a place: a shift, or something elsewhere. */
export interface Duty {
  start: number
  end: number
  x: number
  y: number
  /** The zone of a shift; undefined for a duty elsewhere. */
  zone?: number
  timeOnly?: boolean
}

/** The conflict between two duties of one person; null: none. */
export function clash(problem: Problem, a: Duty, b: Duty): 'overlap' | 'travel' | 'rest' | null {
  const [first, second] = a.start <= b.start ? [a, b] : [b, a]
  const between = second.start - first.end
  if (between < 0 && second.end > first.start) return 'overlap'
  if (a.timeOnly || b.timeOnly) return null
  const samePlace = a.zone !== undefined && a.zone === b.zone
  if (!samePlace && between < metres(a, b) / problem.speed + problem.buffer) return 'travel'
  const bothShifts = a.zone !== undefined && b.zone !== undefined
  return bothShifts && between < (problem.restMinutes ?? 0) ? 'rest' : null
}

/** A shift as a duty of whoever serves on it. */
export function dutyOf(problem: Problem, shift: number): Duty {
  const { zone, start, end } = problem.shifts[shift]!
  return { start, end, zone, x: problem.zones[zone]!.x, y: problem.zones[zone]!.y }
}

/** The rule that forbids the person to serve on the shift; null: they may. */
export function forbids(
  problem: Problem,
  vol: number,
  shift: number,
  elsewhere: readonly Duty[],
): ViolationCode | null {
  const { vol: columns, zones } = problem
  const duty = dutyOf(problem, shift)
  if (columns.barred?.[vol]) return 'barred'
  if (duty.start < columns.from[vol]! || columns.to[vol]! < duty.end) return 'unavailable'
  if (columns.minor[vol] && !zones[duty.zone!]!.minorsOk) return 'minor_zone'
  if ((duty.end - duty.start) / 60 > (problem.hoursPerWeek ?? Number.POSITIVE_INFINITY)) return 'hours'
  for (const other of elsewhere) {
    const wrong = clash(problem, duty, other)
    if (wrong) return wrong
  }
  return null
}
