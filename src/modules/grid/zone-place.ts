import { type Boundary, boxOf, centreOf, contains, type Position } from './geometry.ts'

export interface PlaceColumns {
  boundary: Boundary | null
  centreLatitude: number | null
  centreLongitude: number | null
  west: number | null
  south: number | null
  east: number | null
  north: number | null
}

/**
 * The columns that store the place of a zone. A stated centre is kept while it is inside the boundary; without one the
 * centre is computed. The bounding box is that of the boundary, or the centre alone.
 */
export function placeColumns(
  boundary: Boundary | null,
  stated: Position | null,
  kept?: Position | null,
): PlaceColumns {
  const old = kept && (boundary === null || contains(boundary, kept)) ? kept : null
  const centre = stated ?? old ?? (boundary ? centreOf(boundary) : null)
  const box = boundary
    ? boxOf(boundary)
    : centre && { west: centre[0], south: centre[1], east: centre[0], north: centre[1] }
  return {
    boundary,
    centreLatitude: centre?.[1] ?? null,
    centreLongitude: centre?.[0] ?? null,
    west: box?.west ?? null,
    south: box?.south ?? null,
    east: box?.east ?? null,
    north: box?.north ?? null,
  }
}
