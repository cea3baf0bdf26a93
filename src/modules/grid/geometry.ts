/** A position as GeoJSON writes it: longitude before latitude, degrees, WGS-84 (RFC 7946). */
export type Position = [longitude: number, latitude: number]
export type Ring = Position[]
export type Boundary =
  | { type: 'Polygon'; coordinates: Ring[] }
  | { type: 'MultiPolygon'; coordinates: Ring[][] }

export interface Box {
  west: number
  south: number
  east: number
  north: number
}
