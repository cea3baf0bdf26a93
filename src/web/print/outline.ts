/** Outlines as paths of SVG, north up, without tiles: legible at any size, and in black and white. */
import type { ZoneFeatures } from '../api/operations.ts'
import { type Position, type Ring, ringsOf } from '../grid/boundary.ts'

export interface Outline {
  id: string
  name: string
  district: boolean
  /** The path, or none where only the centre is known. */
  path: string
  /** Where the name stands. */
  at: Position
}

export interface Sketch {
  width: number
  height: number
  outlines: Outline[]
}

const districts = ['district', 'county', 'county_city', 'autonomous_county']

/** Units of the drawing across its longer side. */
const size = 1000

/** Zones drawn to one scale: degrees of longitude are shortened as they are at this latitude. */
export function sketchOf(features: ZoneFeatures['features']): Sketch {
  const shapes = features.flatMap(({ id, geometry, properties }) => {
    const { name, kind, centre } = properties
    const rings = geometry?.coordinates ? ringsIn(geometry as Geometry) : []
    const middle: Position | undefined = centre ? [centre.longitude, centre.latitude] : rings[0]?.[0]
    return middle ? [{ id, name, district: districts.includes(kind), rings, middle }] : []
  })
  // Larger ones first, so that what lies in them is seen.
  shapes.sort((a, b) => extentOf(b.rings) - extentOf(a.rings))
  const points = shapes.flatMap(({ rings, middle }) => [...rings.flat(), middle])
  if (points.length === 0) return { width: size, height: size, outlines: [] }
  const [west, south] = [Math.min(...points.map(([x]) => x)), Math.min(...points.map(([, y]) => y))]
  const [east, north] = [Math.max(...points.map(([x]) => x)), Math.max(...points.map(([, y]) => y))]
  const narrow = Math.cos((((south + north) / 2) * Math.PI) / 180)
  const [across, down] = [(east - west) * narrow, north - south]
  const scale = size / Math.max(across, down, 1e-6)
  const place = ([x, y]: Position): Position => [
    Math.round((x - west) * narrow * scale * 10) / 10,
    Math.round((north - y) * scale * 10) / 10,
  ]
  const pathOf = (ring: Ring) => `M${ring.map((corner) => place(corner).join(' ')).join('L')}Z`
  return {
    width: Math.max(across * scale, 1),
    height: Math.max(down * scale, 1),
    outlines: shapes.map(({ rings, middle, ...shape }) => ({
      ...shape,
      path: rings.map(pathOf).join(''),
      at: place(middle),
    })),
  }
}

/** How much of the map an outline spans, in square degrees. */
function extentOf(rings: readonly Ring[]): number {
  const corners = rings.flat()
  if (corners.length === 0) return 0
  const span = (values: number[]) => Math.max(...values) - Math.min(...values)
  return span(corners.map(([x]) => x)) * span(corners.map(([, y]) => y))
}

type Geometry = { type: string; coordinates: unknown[] }

const ringsIn = (geometry: Geometry): Ring[] =>
  geometry.type === 'Polygon' || geometry.type === 'MultiPolygon' ? ringsOf(geometry) : []
