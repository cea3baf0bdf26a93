import { type Boundary, distanceBetween, distanceTo, type Position } from './geometry.ts'

/** How far the centre of a zone without a boundary reaches. A choice: a street corner, a small square. */
export const centreReachMetres = 150

/** Where a zone lies, as far as that is known. */
export interface Place {
  boundary: Boundary | null
  centreLatitude: number | null
  centreLongitude: number | null
}

export interface Fix {
  latitude: number
  longitude: number
}

/** Metres from a fix to a zone, 0 inside; undefined for a zone that is nowhere on the map. */
export function metresToZone(zone: Place, { latitude, longitude }: Fix): number | undefined {
  const position: Position = [longitude, latitude]
  if (zone.boundary) return distanceTo(zone.boundary, position)
  if (zone.centreLatitude === null || zone.centreLongitude === null) return undefined
  const metres = distanceBetween([zone.centreLongitude, zone.centreLatitude], position)
  return Math.max(0, metres - centreReachMetres)
}
