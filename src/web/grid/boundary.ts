/**
 * The outline of a zone as text that people read, type and paste: a corner a line, latitude before longitude; an empty line
 * begins another part. A part inside an earlier one is a hole in it.
 */

export type Position = [longitude: number, latitude: number]
export type Ring = Position[]
export interface Boundary {
  type: 'Polygon' | 'MultiPolygon'
  coordinates: unknown[]
}

/** The parts of an outline without their repeated last corner, each outer one before its holes. */
export function ringsOf(boundary: { type: string; coordinates: unknown[] } | null): Ring[] {
  if (!boundary) return []
  const polygons = (boundary.type === 'Polygon' ? [boundary.coordinates] : boundary.coordinates) as Ring[][]
  return polygons.flat().map((ring) => ring.slice(0, -1))
}

const rounded = (degrees: number) => Number(degrees.toFixed(6))

export function textOf(rings: readonly Ring[]): string {
  return rings
    .map((ring) =>
      ring.map(([longitude, latitude]) => `${rounded(latitude)}, ${rounded(longitude)}`).join('\n'),
    )
    .join('\n\n')
}

function positionIn(line: string): Position | undefined {
  const [latitude, longitude, ...more] = line
    .split(/[,，;；\s]+/)
    .filter(Boolean)
    .map(Number)
  const numbers = latitude !== undefined && longitude !== undefined && more.length === 0
  if (!numbers || !(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) return undefined
  return [longitude, latitude]
}

/** The parts that a text says, or the number of the line that is no corner. GeoJSON that was pasted is read, too. */
export function ringsIn(text: string): Ring[] | { wrongLine: number } {
  const trimmed = text.trim()
  if (trimmed.startsWith('{')) return ringsInJson(trimmed)
  const rings: Ring[] = []
  let open = false
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') {
      open = false
      continue
    }
    const position = positionIn(line)
    if (!position) return { wrongLine: at + 1 }
    if (!open) rings.push([])
    open = true
    rings.at(-1)?.push(position)
  }
  return rings.map(withoutLast)
}

function ringsInJson(text: string): Ring[] | { wrongLine: number } {
  try {
    const said = JSON.parse(text)
    const geometry = said.geometry ?? said.features?.[0]?.geometry ?? said
    if (geometry.type === 'Polygon' || geometry.type === 'MultiPolygon') return ringsOf(geometry)
  } catch {
    // Said below.
  }
  return { wrongLine: 1 }
}

/** A last corner that only says again where the part began is left out. */
function withoutLast(ring: Ring): Ring {
  const [first, last] = [ring[0], ring.at(-1)]
  const again = ring.length > 3 && first?.[0] === last?.[0] && first?.[1] === last?.[1]
  return again ? ring.slice(0, -1) : ring
}

/** Whether a position lies inside a part, by the number of its edges to the east. */
export function inside([x, y]: Position, ring: Ring): boolean {
  let within = false
  for (const [at, [ax, ay]] of ring.entries()) {
    const [bx, by] = ring[(at + 1) % ring.length] as Position
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) within = !within
  }
  return within
}

/** As the service takes it; null: none. */
export function boundaryOf(rings: readonly Ring[]): Boundary | null {
  const polygons: Ring[][] = []
  for (const ring of rings) {
    const [first] = ring
    if (!first) continue
    const around = polygons.find(([outer]) => outer !== undefined && inside(first, outer))
    if (around) around.push(ring)
    else polygons.push([ring])
  }
  if (polygons.length === 0) return null
  const closed = polygons.map((polygon) => polygon.map((ring) => [...ring, ring[0]]))
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: closed[0] as unknown[] }
    : { type: 'MultiPolygon', coordinates: closed }
}
