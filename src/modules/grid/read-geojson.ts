import { DomainError } from '#platform/errors.ts'
import type { Position } from './geometry.ts'
import { readBoundary } from './read-boundary.ts'
import { isCode, type RowFault, type ZoneFault, type ZoneFile, type ZoneRecord } from './zone-records.ts'
import { readFlag, readKind, readPosition } from './zone-values.ts'

export const featuresMax = 20_000

/** Properties that are read, under the names public files give them. */
const read = {
  code: ['code', 'adcode', 'id'],
  name: ['name'],
  kind: ['kind'],
  parent: ['parent_code', 'parent'],
  level: ['level'],
  minors: ['minors_suitable', 'minorsSuitable'],
  centre: ['centre', 'center'],
} as const
const known = new Set<string>([...Object.values(read).flat(), 'latitude', 'longitude'])

type Properties = Record<string, unknown>

/**
 * Zones of a GeoJSON FeatureCollection (RFC 7946), one a feature; a feature that cannot be taken is a fault
 * with its number. Positions are WGS-84: a file that says otherwise is refused as a whole.
 * @throws DomainError `geojson.malformed`, `geojson.reference-system`, `geojson.too-many-features`
 */
export function readFeatureCollection(name: string, text: string): ZoneFile {
  const features = featuresOf(text)
  const file: ZoneFile = { name, records: [], faults: [], ignored: [] }
  const ignored = new Set<string>()
  for (const [at, feature] of features.entries()) {
    const reader = new FeatureReader(at + 1, feature)
    const record = reader.record()
    file.faults.push(...reader.faults)
    if (record && reader.faults.length === 0) file.records.push(record)
    for (const property of Object.keys(reader.properties)) if (!known.has(property)) ignored.add(property)
  }
  return { ...file, ignored: [...ignored] }
}

function featuresOf(text: string): unknown[] {
  let collection: { type?: unknown; features?: unknown; crs?: unknown }
  try {
    collection = JSON.parse(text)
  } catch {
    throw new DomainError('invalid', 'geojson.malformed', 'This file is not JSON.')
  }
  if (collection?.type !== 'FeatureCollection' || !Array.isArray(collection.features)) {
    throw new DomainError('invalid', 'geojson.malformed', 'This file is not a GeoJSON FeatureCollection.')
  }
  const system = (collection.crs as { properties?: { name?: unknown } } | undefined)?.properties?.name
  if (collection.crs !== undefined && !/CRS84|EPSG:{1,2}(?:\d*:)?4326/i.test(String(system))) {
    throw new DomainError('invalid', 'geojson.reference-system', 'Positions must be WGS-84 (CRS84).')
  }
  if (collection.features.length > featuresMax) {
    const message = `A file has at most ${featuresMax} features.`
    throw new DomainError('too_large', 'geojson.too-many-features', message, { featuresMax })
  }
  return collection.features
}

class FeatureReader {
  readonly faults: RowFault[] = []
  readonly properties: Properties
  readonly #row: number
  readonly #feature: { id?: unknown; geometry?: { type?: unknown; coordinates?: unknown } | null }

  constructor(row: number, feature: unknown) {
    this.#row = row
    this.#feature = feature !== null && typeof feature === 'object' ? feature : {}
    const { properties } = this.#feature as { properties?: unknown }
    this.properties = properties !== null && typeof properties === 'object' ? (properties as Properties) : {}
  }

  #text(names: readonly string[]): string {
    for (const name of names) {
      const value = this.properties[name]
      if (typeof value === 'string' || typeof value === 'number')
        return String(value).normalize('NFKC').trim()
    }
    return ''
  }

  #fault(column: string, value: unknown, reason: ZoneFault, details?: Record<string, unknown>): void {
    this.faults.push({
      row: this.#row,
      code: this.#text(read.code),
      column,
      value: String(value ?? '').slice(0, 60),
      reason,
      details,
    })
  }

  record(): ZoneRecord | undefined {
    const code = this.#text(read.code) || String(this.#feature.id ?? '').trim()
    if (!isCode(code)) this.#fault('code', code, code === '' ? 'code-missing' : 'code-invalid')
    const name = this.#text(read.name)
    if (name.length > 100) this.#fault('name', name, 'name-too-long')
    const parent = this.#text(read.parent)
    return {
      row: this.#row,
      code,
      ...(name === '' ? {} : { name }),
      ...this.#kind(),
      ...(parent === '' ? {} : { parentCode: parent }),
      ...this.#level(),
      ...this.#minors(),
      ...this.#place(),
    }
  }

  #kind(): Partial<ZoneRecord> {
    const text = this.#text(read.kind)
    if (text === '') return {}
    const kind = readKind(text)
    if (!kind) this.#fault('kind', text, 'kind-unknown')
    return { kind }
  }

  /** Public files also write words there (`district`), which say nothing that `kind` does not. */
  #level(): Partial<ZoneRecord> {
    const level = Number(this.#text(read.level) || Number.NaN)
    return Number.isInteger(level) && level >= 1 && level <= 9 ? { level } : {}
  }

  #minors(): Partial<ZoneRecord> {
    const given = read.minors.map((name) => this.properties[name]).find((value) => value != null)
    if (given === undefined) return {}
    const minorsSuitable = readFlag(String(given))
    if (minorsSuitable === undefined) this.#fault('minors_suitable', given, 'flag-unknown')
    return { minorsSuitable }
  }

  /** A Point is the centre of a zone without a boundary. */
  #place(): Partial<ZoneRecord> {
    const centre = this.#centre()
    const { geometry } = this.#feature
    if (!geometry) return centre ? { centre } : {}
    if (geometry.type === 'Point') {
      const [x, y] = Array.isArray(geometry.coordinates) ? geometry.coordinates : []
      const point = readPosition(String(x ?? ''), String(y ?? ''))
      if (!point) this.#fault('geometry', 'Point', 'centre-invalid')
      return { centre: point }
    }
    try {
      return { boundary: readBoundary(geometry), ...(centre ? { centre } : {}) }
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      this.#fault('geometry', geometry.type, 'boundary-invalid', error.details)
      return {}
    }
  }

  #centre(): Position | undefined {
    const given = read.centre.map((name) => this.properties[name]).find((value) => value != null)
    const pair = given ?? [this.properties.longitude, this.properties.latitude]
    if (!Array.isArray(pair) || pair.every((value) => value == null)) return undefined
    const centre = readPosition(String(pair[0] ?? ''), String(pair[1] ?? ''))
    if (!centre) this.#fault('centre', pair, 'centre-invalid')
    return centre
  }
}
