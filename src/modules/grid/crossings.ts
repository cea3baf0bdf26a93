import type { Position, Ring } from './geometry.ts'

interface Segment {
  a: Position
  b: Position
  ring: number
  /**
   * Index of the segment in its ring and length of the ring. Neighbours share an end point, which is not a crossing.
   */
  index: number
  ringLength: number
  west: number
  east: number
  south: number
  north: number
}

/**
 * The first point where edges of these rings cross or overlap, or undefined. Touching in one point is allowed,
 * because real boundaries do it. A sweep line along the axis on which the edges are shorter: only edges whose
 * bounding boxes meet are compared.
 */
export function findCrossing(rings: readonly Ring[]): Position | undefined {
  const segments = rings.flatMap(segmentsOf)
  const wide = segments.reduce((sum, { west, east }) => sum + east - west, 0)
  const high = segments.reduce((sum, { south, north }) => sum + north - south, 0)
  const alongX = wide <= high
  segments.sort(alongX ? (p, q) => p.west - q.west : (p, q) => p.south - q.south)
  const active: Segment[] = []
  for (const segment of segments) {
    let kept = 0
    for (const other of active) {
      if (alongX ? other.east < segment.west : other.north < segment.south) continue
      active[kept++] = other
      if (boxesMeet(segment, other) && meet(segment, other)) return segment.a
    }
    active.length = kept
    active.push(segment)
  }
  return undefined
}

function boxesMeet(p: Segment, q: Segment): boolean {
  return p.west <= q.east && q.west <= p.east && p.south <= q.north && q.south <= p.north
}

function segmentsOf(ring: Ring, ringIndex: number): Segment[] {
  const segments: Segment[] = []
  const ringLength = ring.length - 1
  for (let index = 0; index < ringLength; index++) {
    const [a, b] = [ring[index]!, ring[index + 1]!]
    const [west, east] = a[0] < b[0] ? [a[0], b[0]] : [b[0], a[0]]
    const [south, north] = a[1] < b[1] ? [a[1], b[1]] : [b[1], a[1]]
    segments.push({ a, b, ring: ringIndex, index, ringLength, west, east, south, north })
  }
  return segments
}

function meet(p: Segment, q: Segment): boolean {
  const [pa, pb] = [side(q, p.a), side(q, p.b)]
  const [qa, qb] = [side(p, q.a), side(p, q.b)]
  if (pa === 0 && pb === 0) return overlapOnLine(p, q)
  if (neighbours(p, q)) return false
  return pa * pb < 0 && qa * qb < 0
}

function neighbours(p: Segment, q: Segment): boolean {
  if (p.ring !== q.ring) return false
  const apart = Math.abs(p.index - q.index)
  return apart === 1 || apart === p.ringLength - 1
}

/** Orientation test: the side of the segment's line on which a position lies: -1, 0 or 1. */
function side({ a, b }: Segment, position: Position): number {
  return Math.sign((b[0] - a[0]) * (position[1] - a[1]) - (b[1] - a[1]) * (position[0] - a[0]))
}

/** Whether two collinear segments share more than one point. */
function overlapOnLine(p: Segment, q: Segment): boolean {
  const wide = p.east - p.west >= p.north - p.south
  const [from, to] = wide
    ? [Math.max(p.west, q.west), Math.min(p.east, q.east)]
    : [Math.max(p.south, q.south), Math.min(p.north, q.north)]
  return from < to
}
