import type { DateTime } from 'luxon'

/** A recorded arrival. Grades are strings; the one that sorts first is better. */
export interface Arrival {
  grade: string
  at: DateTime
}

/** The fields of a place that a merge needs to decide about it. */
export interface MergingPlace {
  id: string
  shiftId: string
  /** The period is half-open. */
  startsAt: DateTime
  endsAt: DateTime
  /** The place is not freed, and its shift is not cancelled. */
  held: boolean
  answeredAt: DateTime | null
  excusedAt: DateTime | null
  createdAt: DateTime
  arrival: Arrival | undefined
}

/**
 * The places to cancel when two people become one: a person has one place per shift, and no two places on overlapping
 * shifts that are not over. Order of preference: a place with an arrival, then the later answer (a refusal or an excuse
 * is an answer, too), then the place created earlier.
 */
export function placesToCancel(places: readonly MergingPlace[], at: DateTime): string[] {
  const stay: MergingPlace[] = []
  const go: string[] = []
  for (const place of places.toSorted(strongerFirst)) {
    if (stay.some((other) => excludes(other, place, at))) go.push(place.id)
    else stay.push(place)
  }
  return go
}

function excludes(one: MergingPlace, other: MergingPlace, at: DateTime): boolean {
  if (one.shiftId === other.shiftId) return true
  if (!one.held || !other.held || one.endsAt <= at || other.endsAt <= at) return false
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt
}

function strongerFirst(one: MergingPlace, other: MergingPlace): number {
  return (
    byArrival(one, other) ||
    statedAt(other) - statedAt(one) ||
    one.createdAt.toMillis() - other.createdAt.toMillis() ||
    (one.id < other.id ? -1 : 1)
  )
}

/** Sorts the better grade first, then the earlier arrival. */
function byArrival({ arrival: one }: MergingPlace, { arrival: other }: MergingPlace): number {
  if (!one || !other) return Number(other !== undefined) - Number(one !== undefined)
  if (one.grade !== other.grade) return one.grade < other.grade ? -1 : 1
  return one.at.toMillis() - other.at.toMillis()
}

const statedAt = ({ answeredAt, excusedAt }: MergingPlace) =>
  Math.max(answeredAt?.toMillis() ?? 0, excusedAt?.toMillis() ?? 0)
