import { type Boundary, distanceBetween, distanceTo, type Position } from './geometry.ts'

/** Metres around the centre of a zone without a boundary that count as the zone: a street corner, a small square. */
export const centreReachMetres = 150

/** The position of a zone. Null fields are unknown. */
export interface Place {
  boundary: Boundary | null
  centreLatitude: number | null
  centreLongitude: number | null
}

export interface Fix {
  latitude: number
  longitude: number
}

/** Metres from a position fix to a zone; 0 inside; undefined when the zone has neither boundary nor centre. */
export function metresToZone(zone: Place, { latitude, longitude }: Fix): number | undefined {
  const position: Position = [longitude, latitude]
  if (zone.boundary) return distanceTo(zone.boundary, position)
  if (zone.centreLatitude === null || zone.centreLongitude === null) return undefined
  const metres = distanceBetween([zone.centreLongitude, zone.centreLatitude], position)
  return Math.max(0, metres - centreReachMetres)
}
