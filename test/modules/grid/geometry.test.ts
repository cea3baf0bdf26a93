import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findCrossing } from '#modules/grid/crossings.ts'
import {
  type Boundary,
  boxOf,
  centreOf,
  contains,
  distanceBetween,
  distanceTo,
  metresToZone,
  type Position,
  readBoundary,
} from '#modules/grid/index.ts'
import { DomainError } from '#platform/errors.ts'

const square: Position[] = [
  [123, 41],
  [124, 41],
  [124, 42],
  [123, 42],
  [123, 41],
]
const hole: Position[] = [
  [123.4, 41.4],
  [123.6, 41.4],
  [123.6, 41.6],
  [123.4, 41.6],
  [123.4, 41.4],
]
const holed: Boundary = { type: 'Polygon', coordinates: [square, hole] }

function faultOf(value: unknown): unknown {
  try {
    readBoundary(value)
    return 'fine'
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.details.because
  }
}

describe('boundaries', () => {
  test('a polygon with a hole is read; altitudes and repeated positions are dropped', () => {
    const given = {
      type: 'Polygon',
      coordinates: [[...square.slice(0, 2), [124, 41, 12], ...square.slice(2)], hole],
    }
    expect(readBoundary(given)).toEqual(holed)
  })

  test.each([
    ['type', { type: 'LineString', coordinates: square }],
    ['type', null],
    ['empty', { type: 'Polygon', coordinates: [] }],
    ['empty', { type: 'MultiPolygon', coordinates: 'x' }],
    ['position', { type: 'Polygon', coordinates: [[['123', 41], ...square]] }],
    [
      'range',
      {
        type: 'Polygon',
        coordinates: [
          [
            [123, 41],
            [124, 41],
            [124, 92],
            [123, 41],
          ],
        ],
      },
    ],
    ['ring-open', { type: 'Polygon', coordinates: [square.slice(0, 4)] }],
    [
      'ring-short',
      {
        type: 'Polygon',
        coordinates: [
          [
            [123, 41],
            [124, 41],
            [123, 41],
          ],
        ],
      },
    ],
    [
      'flat',
      {
        type: 'Polygon',
        coordinates: [
          [
            [123, 41],
            [124, 41],
            [125, 41],
            [123, 41],
          ],
        ],
      },
    ],
    [
      'crossing',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [3, 2],
            [3, 0],
            [0, 3],
            [0, 0],
          ],
        ],
      },
    ],
    ['crossing', { type: 'Polygon', coordinates: [square, hole.map(([x, y]) => [x + 0.5, y] as Position)] }],
    [
      'hole-outside',
      { type: 'Polygon', coordinates: [square, hole.map(([x, y]) => [x + 5, y] as Position)] },
    ],
    ['too-many-positions', { type: 'Polygon', coordinates: [Array.from({ length: 5001 }, () => [1, 1])] }],
  ])('refused: %s', (because, value) => {
    expect(faultOf(value)).toBe(because)
  })

  test('a boundary may touch itself in one position', () => {
    const bow: Position[] = [
      [0, 0],
      [1, 1],
      [2, 0],
      [2, 2],
      [1, 1],
      [0, 2],
      [0, 0],
    ]
    expect(faultOf({ type: 'Polygon', coordinates: [bow] })).toBe('fine')
  })

  test('the sweep line finds a crossing exactly when comparing every pair of edges does', () => {
    const position = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }))
    const ring = fc.uniqueArray(position, { minLength: 3, maxLength: 9, selector: String })
    fc.assert(
      fc.property(ring, (open) => {
        const closed = [...open, open[0]!] as Position[]
        expect(findCrossing([closed]) !== undefined).toBe(crossesPairwise(closed))
      }),
      { numRuns: 2000 },
    )
  })

  test('the worst shape of 5,000 positions is checked', () => {
    const comb: Position[] = []
    for (let at = 0; at < 2495; at++) {
      const up = at * 1e-5
      comb.push(at % 2 ? [1 + up, 1 - up] : [up, -up], at % 2 ? [up, -up - 4e-6] : [1 + up, 1 - up - 4e-6])
    }
    comb.push([5, -5], [-5, -5], comb[0]!)
    // Every pair of edges would be some 12 million comparisons; the sweep looks at neighbours only.
    expect(findCrossing([comb])).toBeUndefined()
  })
})

/** Every pair of edges compared with exact integers: slow and plain. */
function crossesPairwise(ring: Position[]): boolean {
  const side = (a: Position, b: Position, c: Position) =>
    Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))
  const edges = ring.slice(1).map((b, at) => [ring[at]!, b] as const)
  for (const [i, [a, b]] of edges.entries()) {
    for (const [c, d] of edges.slice(i + 1)) {
      const [abc, abd, cda, cdb] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)]
      if (abc * abd < 0 && cda * cdb < 0) return true
      if (abc !== 0 || abd !== 0) continue
      const axis = a[0] === b[0] ? 1 : 0
      const from = Math.max(Math.min(a[axis], b[axis]), Math.min(c[axis], d[axis]))
      const to = Math.min(Math.max(a[axis], b[axis]), Math.max(c[axis], d[axis]))
      if (from < to) return true
    }
  }
  return false
}

describe('positions', () => {
  test('a position is inside when it is in an outer ring and in no hole', () => {
    expect(contains(holed, [123.2, 41.2])).toBe(true)
    expect(contains(holed, [123.5, 41.5])).toBe(false)
    expect(contains(holed, [122.9, 41.5])).toBe(false)
  })

  test('the centre lies inside, even of a crescent', () => {
    expect(centreOf({ type: 'Polygon', coordinates: [square] })).toEqual([123.5, 41.5])
    const crescent: Position[] = [
      [0, 0],
      [4, 0],
      [4, 1],
      [1, 1],
      [1, 3],
      [4, 3],
      [4, 4],
      [0, 4],
      [0, 0],
    ]
    const boundary: Boundary = { type: 'Polygon', coordinates: [crescent] }
    expect(contains(boundary, centreOf(boundary))).toBe(true)
    expect(contains(holed, centreOf(holed))).toBe(true)
    expect(boxOf(boundary)).toEqual({ west: 0, south: 0, east: 4, north: 4 })
  })

  test('distances agree with the great circle to a fifth of a percent within 20 km', () => {
    const radians = Math.PI / 180
    const haversine = (a: Position, b: Position) => {
      const h =
        Math.sin(((b[1] - a[1]) * radians) / 2) ** 2 +
        Math.cos(a[1] * radians) * Math.cos(b[1] * radians) * Math.sin(((b[0] - a[0]) * radians) / 2) ** 2
      return 2 * 6_371_009 * Math.asin(Math.sqrt(h))
    }
    const near = fc.double({ min: -0.2, max: 0.2, noNaN: true })
    fc.assert(
      fc.property(near, near, (dx, dy) => {
        const [a, b]: [Position, Position] = [
          [123.75, 41.3],
          [123.75 + dx, 41.3 + dy],
        ]
        const exact = haversine(a, b)
        expect(Math.abs(distanceBetween(a, b) - exact)).toBeLessThanOrEqual(exact * 0.002 + 0.01)
      }),
    )
  })

  test('the distance to a boundary is 0 inside and runs to the nearest edge outside', () => {
    expect(distanceTo(holed, [123.2, 41.2])).toBe(0)
    expect(distanceTo(holed, [123.5, 42.01])).toBeCloseTo(1111.95, 0)
    // From the middle of the hole to its nearest side: 0.1 degrees of longitude at 41.5 north.
    expect(distanceTo(holed, [123.5, 41.5])).toBeCloseTo(11_119.5 * Math.cos((41.5 * Math.PI) / 180), -1)
  })

  test('a zone without a boundary is 150 metres around its centre; without a centre there is no distance', () => {
    const corner = { boundary: null, centreLatitude: 41.3, centreLongitude: 123.75 }
    const fix = (metres: number) => ({ latitude: 41.3 + metres / 111_195, longitude: 123.75 })
    expect(metresToZone(corner, fix(149))).toBe(0)
    expect(metresToZone(corner, fix(250))).toBeCloseTo(100, 0)
    const nowhere = { boundary: null, centreLatitude: null, centreLongitude: null }
    expect(metresToZone(nowhere, fix(0))).toBeUndefined()
  })
})
