import { type Boundary, distanceBetween, distanceTo, type Position } from './geometry.ts'
import type { PositionJudgement } from './words.ts'

/** How far the centre of a zone without a boundary reaches. A choice: a street corner, a small square. */
export const centreReachMetres = 150

/** Up to here a position is near. A choice: the meeting point round the corner, an indoor fix. */
export const nearMetres = 300

/** A device that claims to know less is not believed more. */
export const accuracyMaxMetres = 100

export interface Place {
  boundary: Boundary | null
  centreLatitude: number | null
  centreLongitude: number | null
}

export interface Fix {
  latitude: number
  longitude: number
  /** Radius of 68 % confidence, as devices report it. */
  accuracyMetres?: number | null
}

/** Metres from a fix to a zone, 0 inside; undefined for a zone that is nowhere on the map. */
export function metresToZone(zone: Place, { latitude, longitude }: Fix): number | undefined {
  const position: Position = [longitude, latitude]
  if (zone.boundary) return distanceTo(zone.boundary, position)
  if (zone.centreLatitude === null || zone.centreLongitude === null) return undefined
  const metres = distanceBetween([zone.centreLongitude, zone.centreLatitude], position)
  return Math.max(0, metres - centreReachMetres)
}

/**
 * How a position lies to a zone: `inside` when the circle of its accuracy (at most 100 m) touches the zone,
 * `near` up to 300 m farther, else `far`. Undefined for a zone that is nowhere on the map.
 * It is evidence, never a gate.
 */
export function judgePosition(zone: Place, fix: Fix): PositionJudgement | undefined {
  const metres = metresToZone(zone, fix)
  if (metres === undefined) return undefined
  const allowance = Math.min(Math.max(fix.accuracyMetres ?? 0, 0), accuracyMaxMetres)
  if (metres <= allowance) return 'inside'
  return metres <= allowance + nearMetres ? 'near' : 'far'
}
