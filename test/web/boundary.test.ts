/** Outlines as people type and paste them. */
import { expect, test } from 'vitest'
import { boundaryOf, inside, ringsIn, ringsOf, textOf } from '#src/web/grid/boundary.ts'
import { sketchOf } from '#src/web/print/outline.ts'

const outer = '41.0, 123.0\n41.0, 124.0\n42.0, 124.0\n42.0, 123.0'
const hole = '41.4，123.4\n41.4，123.6\n41.6，123.6'

test('an outline that is read and written again is the same, with holes and further parts', () => {
  const rings = ringsIn(`${outer}\n\n${hole}\n\n43 125\n43 126\n44 126\n`)
  expect(Array.isArray(rings) && rings.map((ring) => ring.length)).toEqual([4, 3, 3])
  const boundary = boundaryOf(rings as never)
  expect(boundary?.type).toBe('MultiPolygon')
  const [first, second] = (boundary?.coordinates ?? []) as number[][][][]
  expect([first?.length, second?.length]).toEqual([2, 1])
  expect(first?.[0]?.[0]).toEqual(first?.[0]?.at(-1))
  expect(ringsIn(textOf(ringsOf(boundary)))).toEqual(rings)
})

test('a line that is no corner is named, and what was pasted from a file is read', () => {
  expect(ringsIn('41, 123\n41.2\n41, 124')).toEqual({ wrongLine: 2 })
  expect(ringsIn('95, 123')).toEqual({ wrongLine: 1 })
  expect(ringsIn('')).toEqual([])
  const geometry = {
    type: 'Polygon',
    coordinates: [
      [
        [123, 41],
        [124, 41],
        [124, 42],
        [123, 41],
      ],
    ],
  }
  const read = [
    [123, 41],
    [124, 41],
    [124, 42],
  ]
  expect(ringsIn(JSON.stringify({ type: 'Feature', geometry }))).toEqual([read])
  expect(ringsIn(JSON.stringify(geometry))).toEqual([read])
  expect(ringsIn('{"type":"Point"}')).toEqual({ wrongLine: 1 })
  // The first corner said again at the end is one corner.
  expect(ringsIn('41, 123\n41, 124\n42, 124\n41, 123')).toEqual([read])
})

test('a corner lies inside or not', () => {
  const ring = (ringsIn(outer) as [number, number][][])[0] ?? []
  expect([inside([123.5, 41.5], ring), inside([122.5, 41.5], ring), inside([123.5, 42.5], ring)]).toEqual([
    true,
    false,
    false,
  ])
})

test('a drawing for paper keeps proportions, and zones without an outline are points', () => {
  const properties = { name: '平山区', kind: 'district', centre: null } as never
  const sketch = sketchOf([
    { type: 'Feature', id: 'a', properties, geometry: boundaryOf(ringsIn(outer) as never) as never },
    {
      type: 'Feature',
      id: 'b',
      geometry: null,
      properties: { name: '公园', kind: 'park', centre: { latitude: 41.5, longitude: 123.5 } } as never,
    },
  ])
  expect(Math.round((sketch.width / sketch.height) * 100)).toBe(75)
  expect(sketch.outlines.map(({ district, path }) => [district, path !== ''])).toEqual([
    [true, true],
    [false, false],
  ])
  expect(sketchOf([]).outlines).toEqual([])
})
