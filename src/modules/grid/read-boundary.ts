import { DomainError } from '#platform/errors.ts'
import { findCrossing } from './crossings.ts'
import {
  type Boundary,
  contains,
  doubleArea,
  type Position,
  polygonsOf,
  type Ring,
  ringsOf,
} from './geometry.ts'

/** Most positions of a boundary. Validating this many blocks the event loop for less than 0.1 s in the worst case. */
export const positionsMax = 5_000

export type BoundaryFault =
  | 'type'
  | 'empty'
  | 'too-many-positions'
  | 'position'
  | 'range'
  | 'ring-open'
  | 'ring-short'
  | 'flat'
  | 'crossing'
  | 'hole-outside'

function fault(because: BoundaryFault, details: Record<string, unknown> = {}): DomainError {
  return new DomainError('invalid', 'boundary.invalid', `This is not a boundary: ${because}.`, {
    because,
    ...details,
  })
}

/**
 * Validates a GeoJSON Polygon or MultiPolygon (WGS-84) and returns it as it is stored, without altitudes and repeated
 * positions. Rings must be closed, enclose an area, and not cross themselves or each other; holes must be inside.
 * @throws DomainError `boundary.invalid` with the reason in `because`
 */
export function readBoundary(value: unknown): Boundary {
  const { type, coordinates } = (value ?? {}) as { type?: unknown; coordinates?: unknown }
  if (type !== 'Polygon' && type !== 'MultiPolygon') throw fault('type')
  assertNotTooMany(coordinates)
  const boundary = (
    type === 'Polygon'
      ? { type, coordinates: readPolygon(coordinates) }
      : { type, coordinates: listOf(coordinates).map(readPolygon) }
  ) as Boundary
  const crossing = findCrossing(ringsOf(boundary))
  if (crossing) throw fault('crossing', { at: crossing })
  for (const [outer, ...holes] of polygonsOf(boundary)) {
    const only: Boundary = { type: 'Polygon', coordinates: [outer!] }
    if (!holes.every((hole) => hole.some((position) => contains(only, position)))) throw fault('hole-outside')
  }
  return boundary
}

/** Counts positions before anything is copied, so that a huge body costs little. */
function assertNotTooMany(coordinates: unknown): void {
  let positions = 0
  const count = (value: unknown, depth: number): void => {
    if (!Array.isArray(value) || depth > 4) return
    if (typeof value[0] === 'number') positions += 1
    else for (const each of value) count(each, depth + 1)
    if (positions > positionsMax) throw fault('too-many-positions', { positionsMax })
  }
  count(coordinates, 0)
}

function listOf(value: unknown): unknown[] {
  if (!Array.isArray(value) || value.length === 0) throw fault('empty')
  return value
}

function readPolygon(value: unknown): Ring[] {
  return listOf(value).map(readRing)
}

function readRing(value: unknown): Ring {
  const positions = listOf(value).map(readPosition)
  const ring = positions.filter((position, at) => at === 0 || !same(position, positions[at - 1]!))
  if (!same(positions[0]!, positions.at(-1)!)) throw fault('ring-open')
  if (ring.length < 4) throw fault('ring-short')
  if (Math.abs(doubleArea(ring)) < 1e-14) throw fault('flat')
  return ring
}

function readPosition(value: unknown): Position {
  const [longitude, latitude] = Array.isArray(value) ? value : []
  if (!Number.isFinite(longitude) || !Number.isFinite(latitude)) throw fault('position')
  if (Math.abs(longitude) > 180 || Math.abs(latitude) > 90)
    throw fault('range', { at: [longitude, latitude] })
  return [longitude, latitude]
}

function same(a: Position, b: Position): boolean {
  return a[0] === b[0] && a[1] === b[1]
}
