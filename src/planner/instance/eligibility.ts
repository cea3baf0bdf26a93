import { type Instance, metresBetween } from './instance.ts'

/** Why a person cannot serve on a shift, independent of other people. */
export type Refusal = 'unavailable' | 'barred' | 'minors' | 'committed' | 'overlaps' | 'enough' | 'hours'

const dayMinutes = 1440
const weekMinutes = 7 * dayMinutes

/**
 * The first reason why the person cannot serve on the shift in addition to the shifts in `serving`; null: they can.
 * It does not check free seats, skills and escorts, which depend on the whole plan.
 */
export function refusalOf(
  instance: Instance,
  person: number,
  shift: number,
  serving: readonly number[] = [],
): Refusal | null {
  if (instance.barred[person]) return 'barred'
  const start = instance.start[shift]!
  const end = instance.end[shift]!
  if (start < instance.from[person]! || end > instance.to[person]!) return 'unavailable'
  if (end - start > instance.weekMinutes) return 'hours'
  const zone = instance.zone[shift]!
  if (instance.minor[person] && !instance.minorsOk[zone]) return 'minors'
  if (!freeOfCommitments(instance, person, shift)) return 'committed'
  return serving.length === 0 ? null : besides(instance, shift, serving)
}

/** Whether travel time and buffer fit between the shift and every duty elsewhere of the person. */
export function freeOfCommitments(instance: Instance, person: number, shift: number): boolean {
  const commitments = instance.commitmentsOf.get(person)
  if (!commitments) return true
  const { speed, buffer } = instance.problem
  const zone = instance.zone[shift]!
  return commitments.every(({ start, end, x, y, timeOnly }) => {
    const metres = timeOnly ? 0 : metresBetween(x, y, instance.zoneX[zone]!, instance.zoneY[zone]!)
    const way = timeOnly ? 0 : metres / speed + buffer
    return end + way <= instance.start[shift]! || instance.end[shift]! + way <= start
  })
}

/** Minutes required between two shifts of one person: rest, or travel between the zones plus buffer. */
export function gapBetween(instance: Instance, a: number, b: number): number {
  const from = instance.zone[a]!
  const to = instance.zone[b]!
  if (from === to) return instance.restMinutes
  const metres = metresBetween(
    instance.zoneX[from]!,
    instance.zoneY[from]!,
    instance.zoneX[to]!,
    instance.zoneY[to]!,
  )
  return Math.max(instance.restMinutes, metres / instance.problem.speed + instance.problem.buffer)
}

/** Whether one person can serve on both shifts. */
export function canFollow(instance: Instance, a: number, b: number): boolean {
  const gap = gapBetween(instance, a, b)
  return instance.end[a]! + gap <= instance.start[b]! || instance.end[b]! + gap <= instance.start[a]!
}

/** Why a person with other shifts cannot serve on this one, too; null: they can. */
export function besides(instance: Instance, shift: number, serving: readonly number[]): Refusal | null {
  const start = instance.start[shift]!
  let sameDay = 1
  let minutes = instance.end[shift]! - start
  for (const other of serving) {
    if (other === shift || !canFollow(instance, other, shift)) return 'overlaps'
    const otherStart = instance.start[other]!
    if (Math.floor(otherStart / dayMinutes) === Math.floor(start / dayMinutes)) sameDay++
    if (Math.floor(otherStart / weekMinutes) === Math.floor(start / weekMinutes))
      minutes += instance.end[other]! - otherStart
  }
  if (sameDay > instance.shiftsPerPerson) return 'enough'
  return minutes > instance.weekMinutes ? 'hours' : null
}
