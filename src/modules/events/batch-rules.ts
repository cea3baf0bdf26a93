import type { DateTime } from 'luxon'
import { overlaps } from '#platform/time.ts'
import type { DemandTotals } from './contract.ts'
import type { BatchConflict } from './words.ts'

export interface Period {
  startsAt: DateTime
  endsAt: DateTime
}

export interface BatchZone {
  id: string
  name: string
  closedAt: DateTime | null
  minorsSuitable: boolean
}

export interface BatchProblem {
  event: Period
  zoneIds: readonly string[]
  times: readonly Period[]
  template: { work: string; minorsAllowed: boolean }
  zones: ReadonlyMap<string, BatchZone>
  /** Existing shifts of the event, by zone. */
  existing: ReadonlyMap<string, readonly (Period & { work: string })[]>
}

export type PlannedShift = Period & { zone: BatchZone }
export type Conflict = Period & { zoneId: string; because: BatchConflict }

/** Combines every zone with every time, in order, into shifts to create and conflicts. Pure. */
export function planBatch(problem: BatchProblem): { planned: PlannedShift[]; conflicts: Conflict[] } {
  const planned: PlannedShift[] = []
  const conflicts: Conflict[] = []
  for (const zoneId of problem.zoneIds) {
    const zone = problem.zones.get(zoneId)
    const there = (problem.existing.get(zoneId) ?? []).filter(({ work }) => work === problem.template.work)
    const added: Period[] = []
    for (const time of problem.times) {
      const because = conflictOf(problem, zone, time, [...there, ...added])
      if (because) conflicts.push({ ...time, zoneId, because })
      else {
        added.push(time)
        planned.push({ ...time, zone: zone as BatchZone })
      }
    }
  }
  return { planned, conflicts }
}

function conflictOf(
  { event, template }: BatchProblem,
  zone: BatchZone | undefined,
  time: Period,
  there: readonly Period[],
): BatchConflict | undefined {
  if (!zone) return 'zone_missing'
  if (zone.closedAt) return 'zone_closed'
  if (time.startsAt < event.startsAt || time.endsAt > event.endsAt) return 'outside_event'
  if (template.minorsAllowed && !zone.minorsSuitable) return 'minors_unsuitable'
  return there.some((other) => overlaps(other, time)) ? 'same_shift_exists' : undefined
}

/** Total demand of this many shifts with the same demand each. */
export function totalsOf(shifts: number, each: { min: number; target: number; max: number }): DemandTotals {
  return { shifts, min: shifts * each.min, target: shifts * each.target, max: shifts * each.max }
}
