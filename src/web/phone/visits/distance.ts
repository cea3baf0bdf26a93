/** How far it is to the points of a round. Pure. */
import type { PacketVisit, Position } from './kinds.ts'

/** Metres between two places, near enough to order them. */
export function metresBetween(one: Position, other: Position): number {
  const radians = Math.PI / 180
  const east = (other.longitude - one.longitude) * Math.cos(((one.latitude + other.latitude) / 2) * radians)
  return Math.hypot(east, other.latitude - one.latitude) * 111_195
}

/** The nearest first; what has no place last, in the order in which it came. */
export function byDistance(visits: readonly PacketVisit[], from: Position): PacketVisit[] {
  const metres = new Map(visits.map((visit) => [visit, metresTo(visit, from) ?? Number.POSITIVE_INFINITY]))
  return [...visits].sort((a, b) => {
    const [one, other] = [metres.get(a)!, metres.get(b)!]
    return one === other ? 0 : one - other
  })
}

export function metresTo({ point }: PacketVisit, from: Position): number | undefined {
  if (!point || point.latitude === null || point.longitude === null) return undefined
  return metresBetween(from, { latitude: point.latitude, longitude: point.longitude })
}
