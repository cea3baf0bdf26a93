/** Plane geometry on a tangent plane of the sphere. Distances are exact to 0.2 % within 20 km. */

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

/** The polygons of a boundary; each is its outer ring followed by its holes. */
export function polygonsOf(boundary: Boundary): Ring[][] {
  return boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates
}

/** All rings of a boundary, outer rings and holes. */
export function ringsOf(boundary: Boundary): Ring[] {
  return polygonsOf(boundary).flat()
}

/** The bounding box of a boundary, in degrees. */
export function boxOf(boundary: Boundary): Box {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const ring of ringsOf(boundary)) {
    for (const [longitude, latitude] of ring) {
      if (longitude < box.west) box.west = longitude
      if (longitude > box.east) box.east = longitude
      if (latitude < box.south) box.south = latitude
      if (latitude > box.north) box.north = latitude
    }
  }
  return box
}

/** Point in polygon by ray casting (even-odd rule), so positions in holes are outside. */
export function contains(boundary: Boundary, [longitude, latitude]: Position): boolean {
  let inside = false
  for (const ring of ringsOf(boundary)) {
    for (let at = 1; at < ring.length; at++) {
      const [ax, ay] = ring[at - 1]!
      const [bx, by] = ring[at]!
      if (ay > latitude !== by > latitude && longitude < ((bx - ax) * (latitude - ay)) / (by - ay) + ax) {
        inside = !inside
      }
    }
  }
  return inside
}

/** Twice the signed area of a ring in square degrees; positive when it runs counterclockwise. */
export function doubleArea(ring: Ring): number {
  let sum = 0
  for (let at = 1; at < ring.length; at++) {
    const [ax, ay] = ring[at - 1]!
    const [bx, by] = ring[at]!
    sum += ax * by - bx * ay
  }
  return sum
}

/**
 * A point to represent the boundary: the centroid of the largest polygon. Where the centroid is outside (a crescent,
 * a ring road): the middle of the widest inside interval at the centroid's latitude.
 */
export function centreOf(boundary: Boundary): Position {
  const largest = polygonsOf(boundary).reduce((a, b) => (weight(b) > weight(a) ? b : a))
  const centroid = centroidOf(largest[0]!)
  const only: Boundary = { type: 'Polygon', coordinates: largest }
  if (contains(only, centroid)) return centroid
  const crossings = crossingsAt(only, centroid[1])
  let best: Position = centroid
  let widest = 0
  for (let at = 1; at < crossings.length; at += 2) {
    const [from, to] = [crossings[at - 1]!, crossings[at]!]
    if (to - from > widest) {
      widest = to - from
      best = [(from + to) / 2, centroid[1]]
    }
  }
  return best
}

function weight(polygon: Ring[]): number {
  return Math.abs(doubleArea(polygon[0]!))
}

/** Relative to the ring's first position, which avoids cancellation errors of large numbers. */
function centroidOf(ring: Ring): Position {
  const [x0, y0] = ring[0]!
  let [x, y, twice] = [0, 0, 0]
  for (let at = 1; at < ring.length; at++) {
    const [ax, ay] = [ring[at - 1]![0] - x0, ring[at - 1]![1] - y0]
    const [bx, by] = [ring[at]![0] - x0, ring[at]![1] - y0]
    const cross = ax * by - bx * ay
    twice += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return [x0 + x / (3 * twice), y0 + y / (3 * twice)]
}

/** Longitudes at which the edges cross a latitude, from west to east. */
function crossingsAt(boundary: Boundary, latitude: number): number[] {
  const found: number[] = []
  for (const ring of ringsOf(boundary)) {
    for (let at = 1; at < ring.length; at++) {
      const [ax, ay] = ring[at - 1]!
      const [bx, by] = ring[at]!
      if (ay > latitude !== by > latitude) found.push(((bx - ax) * (latitude - ay)) / (by - ay) + ax)
    }
  }
  return found.sort((a, b) => a - b)
}

const metresPerDegree = 111_195 // of a great circle: 2π × 6,371,009 m / 360

/** Metres between two positions, on the tangent plane at the first one. */
export function distanceBetween(a: Position, b: Position): number {
  return Math.hypot(...planeOf(a)(b))
}

/** Metres from a position to the nearest edge; 0 inside. */
export function distanceTo(boundary: Boundary, position: Position): number {
  if (contains(boundary, position)) return 0
  const onPlane = planeOf(position)
  let nearest = Infinity
  for (const ring of ringsOf(boundary)) {
    for (let at = 1; at < ring.length; at++) {
      nearest = Math.min(nearest, toSegment(onPlane(ring[at - 1]!), onPlane(ring[at]!)))
    }
  }
  return nearest
}

/** Projects positions onto the tangent plane at `origin`: metres east and metres north. */
function planeOf([longitude, latitude]: Position): (position: Position) => [number, number] {
  const perLongitude = metresPerDegree * Math.cos((latitude * Math.PI) / 180)
  return ([x, y]) => [(x - longitude) * perLongitude, (y - latitude) * metresPerDegree]
}

/** Distance from the origin of the plane to a segment. */
function toSegment([ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length))
  return Math.hypot(ax + along * dx, ay + along * dy)
}
