import type { Boundary, Ring } from '#modules/grid/geometry.ts'
import type { DistanceBand, PositionJudgement } from './words.ts'

/** Degrees, WGS-84, as a phone gives it. */
export interface Place {
  latitude: number
  longitude: number
  accuracyM?: number
}

interface Zone {
  boundary: Boundary | null
  centreLatitude: number | null
  centreLongitude: number | null
}

export interface Judgement {
  judgement: PositionJudgement
  band: DistanceBand | null
}

export const noPosition: Judgement = { judgement: 'none', band: null }

/** A zone without a boundary is taken for a circle of this radius around its centre. */
const radiusM = 150
/** So far from the edge somebody still counts as near: indoors a position is easily that wrong. */
const nearM = 500
/** A phone may be as inexact as this and still be believed; beyond, its circle proves nothing. */
const accuracyMaxM = 300

const metresPerDegree = 111_320

/**
 * What a position says about being in the zone. Evidence for the leader and never a gate: indoors it lies.
 * The accuracy the phone states is granted to it, up to a bound.
 */
export function judge(place: Place, zone: Zone): Judgement {
  const distanceM = distanceToM(place, zone)
  if (distanceM === undefined) return noPosition
  const certainM = Math.max(0, distanceM - Math.min(place.accuracyM ?? 0, accuracyMaxM))
  const judgement = certainM === 0 ? 'inside' : certainM <= nearM ? 'near' : 'far'
  return { judgement, band: bandOf(certainM) }
}

function bandOf(distanceM: number): DistanceBand {
  if (distanceM === 0) return '0'
  if (distanceM <= 100) return '100m'
  if (distanceM <= 500) return '500m'
  return distanceM <= 2000 ? '2km' : 'beyond'
}

type Point = [x: number, y: number]

/** Metres from the zone's edge, 0 inside; undefined when the zone has no place. Flat: exact enough for a city. */
function distanceToM(place: Place, { boundary, centreLatitude, centreLongitude }: Zone): number | undefined {
  const eastward = metresPerDegree * Math.cos((place.latitude * Math.PI) / 180)
  const local = (longitude: number, latitude: number): Point => [
    (longitude - place.longitude) * eastward,
    (latitude - place.latitude) * metresPerDegree,
  ]
  if (!boundary) {
    if (centreLatitude === null || centreLongitude === null) return undefined
    const [x, y] = local(centreLongitude, centreLatitude)
    return Math.max(0, Math.hypot(x, y) - radiusM)
  }
  const polygons = boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates
  const rings = polygons.map((polygon) =>
    polygon.map((ring: Ring) => ring.map(([longitude, latitude]) => local(longitude, latitude))),
  )
  // Inside the outer ring and in no hole: an odd number of rings around the point, as for each polygon.
  if (rings.some((polygon) => polygon.filter(surroundsOrigin).length % 2 === 1)) return 0
  return Math.min(...rings.flat().map(distanceToOrigin))
}

/** Ray casting: whether the ring runs around (0, 0). */
function surroundsOrigin(ring: Point[]): boolean {
  let inside = false
  eachSide(ring, ([ax, ay], [bx, by]) => {
    if (ay > 0 !== by > 0 && ax - (ay * (bx - ax)) / (by - ay) > 0) inside = !inside
  })
  return inside
}

function distanceToOrigin(ring: Point[]): number {
  let least = Number.POSITIVE_INFINITY
  eachSide(ring, ([ax, ay], [bx, by]) => {
    const [dx, dy] = [bx - ax, by - ay]
    const along = Math.min(1, Math.max(0, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)))
    least = Math.min(least, Math.hypot(ax + along * dx, ay + along * dy))
  })
  return least
}

function eachSide(ring: Point[], look: (a: Point, b: Point) => void): void {
  for (let at = 1; at < ring.length; at++) look(ring[at - 1] as Point, ring[at] as Point)
}
