import { type Position, readBoundary, type ZoneKind, type ZoneRecord } from '#modules/grid/pure.ts'
import { DomainError } from '#platform/errors.ts'
import { parseJson } from '#platform/files/json.ts'
import { plainHeading } from '../headings.ts'
import { zoneHeadings } from './read-zone-table.ts'
import { codeFaultOf, keysOf } from './table-columns.ts'
import { codeBelow, isCode, type RowFault, type ZoneFault, type ZoneFile } from './zone-file.ts'
import { readFlag, readKind, readPosition } from './zone-values.ts'

export const featuresMax = 20_000

/** Limits: a position in a MultiPolygon is eight levels deep; 8 MB of positions are some 400,000 lists. */
const jsonLimits = { depth: 32, containers: 500_000 }

/** Properties have the names of the table columns, in either language and any case. */
const keys = keysOf({ ...zoneHeadings, centre: ['center', '中心'] })

/** Levels of divisions in public files. Their `district` may also mean a county, so it is ignored. */
const kindByLevel: Record<string, ZoneKind> = {
  province: 'province',
  city: 'prefecture_city',
}

/** The names of WGS-84, and of CGCS2000, which is the same to some centimetres. */
const systems = /CRS:?84|EPSG:{1,2}(?:\d*[.\d]*:)?(?:4326|4490)$/i

type Properties = Record<string, unknown>

/**
 * Reads the zones of a GeoJSON FeatureCollection (RFC 7946), one per feature; an invalid feature is a fault with its
 * number. Positions are WGS-84: a file with another reference system is refused as a whole.
 * @throws DomainError `geojson.malformed`, `geojson.reference_system`, `geojson.too_many_features`, `file.too_large`, `file.corrupt`
 */
export function readFeatureCollection(name: string, data: Buffer): ZoneFile {
  const features = featuresOf(data)
  const file: ZoneFile = { name, records: [], faults: [], ignored: [], hiddenRows: 0 }
  const ignored = new Set<string>()
  for (const [at, feature] of features.entries()) {
    const reader = new FeatureReader(at + 1, feature)
    const record = reader.record()
    file.faults.push(...reader.faults)
    if (record && reader.faults.length === 0) file.records.push(record)
    for (const property of reader.ignored) ignored.add(property)
  }
  return { ...file, ignored: [...ignored] }
}

function featuresOf(data: Buffer): unknown[] {
  let collection: { type?: unknown; features?: unknown; crs?: unknown }
  try {
    collection = parseJson(data, jsonLimits) as typeof collection
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new DomainError('invalid', 'geojson.malformed', 'This file is not JSON.')
  }
  if (collection?.type !== 'FeatureCollection' || !Array.isArray(collection.features)) {
    throw new DomainError('invalid', 'geojson.malformed', 'This file is not a GeoJSON FeatureCollection.')
  }
  const crs = collection.crs as { properties?: { name?: unknown } } | null | undefined
  const system = String(crs?.properties?.name ?? '')
  if (crs != null && !systems.test(system)) {
    const message = 'Positions must be WGS-84 (CRS84) or CGCS2000 (EPSG:4490).'
    throw new DomainError('invalid', 'geojson.reference_system', message, { system: system.slice(0, 80) })
  }
  if (collection.features.length > featuresMax) {
    const message = `A file has at most ${featuresMax} features.`
    throw new DomainError('too_large', 'geojson.too_many_features', message, { featuresMax })
  }
  return collection.features
}

const textOfCode = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value).normalize('NFKC').trim() : ''

class FeatureReader {
  readonly faults: RowFault[] = []
  /** Unknown properties. */
  readonly ignored: string[] = []
  readonly #said = new Map<string, unknown>()
  #id: unknown
  readonly #row: number
  readonly #feature: { id?: unknown; geometry?: { type?: unknown; coordinates?: unknown } | null }

  constructor(row: number, feature: unknown) {
    this.#row = row
    this.#feature = feature !== null && typeof feature === 'object' ? feature : {}
    const { properties } = this.#feature as { properties?: unknown }
    for (const [name, value] of Object.entries((properties ?? {}) as Properties)) {
      const key = keys.get(plainHeading(name))
      if (name === 'id') this.#id = value
      else if (key === undefined) this.ignored.push(name)
      else if (value != null && !this.#said.has(key)) this.#said.set(key, value)
    }
  }

  #text(key: string): string {
    const value = this.#said.get(key)
    return typeof value === 'string' || typeof value === 'number'
      ? String(value).normalize('NFKC').trim()
      : ''
  }

  /** A parent may be an object that holds its code: `{ adcode: 210500 }`. */
  #parent(): unknown {
    const value = this.#said.get('parent_code')
    if (value === null || typeof value !== 'object') return value
    const found = Object.entries(value).find(([name]) => keys.get(plainHeading(name)) === 'code')
    if (!found) this.ignored.push('parent')
    return found?.[1]
  }

  #fault(column: string, value: unknown, reason: ZoneFault, details?: Record<string, unknown>): void {
    this.faults.push({
      row: this.#row,
      code: this.#text('code'),
      column,
      value: String(value ?? '').slice(0, 60),
      reason,
      details,
    })
  }

  record(): ZoneRecord | undefined {
    const parent = textOfCode(this.#parent())
    const name = this.#text('name')
    const given = this.#said.get('code') ?? this.#id ?? this.#feature.id
    const code = textOfCode(given) || codeBelow(parent, name)
    const lost = codeFaultOf(given) ?? codeFaultOf(this.#parent())
    if (lost) this.#fault('code', code, lost)
    else if (!isCode(code)) this.#fault('code', code, code === '' ? 'code-missing' : 'code-invalid')
    if (name.length > 100) this.#fault('name', name, 'name-too-long')
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
    const text = this.#text('kind')
    const byLevel = kindByLevel[this.#text('level').toLowerCase()]
    if (text === '') return byLevel ? { kind: byLevel } : {}
    const kind = readKind(text)
    if (!kind) this.#fault('kind', text, 'kind-unknown')
    return { kind }
  }

  /** Public files also have words here (`district`), which are ignored, because `kind` says the same. */
  #level(): Partial<ZoneRecord> {
    const level = Number(this.#text('level') || Number.NaN)
    return Number.isInteger(level) && level >= 1 && level <= 9 ? { level } : {}
  }

  #minors(): Partial<ZoneRecord> {
    const given = this.#said.get('minors_suitable')
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
    const pair = this.#said.get('centre') ?? [this.#said.get('longitude'), this.#said.get('latitude')]
    if (!Array.isArray(pair) || pair.every((value) => value == null)) return undefined
    const centre = readPosition(String(pair[0] ?? ''), String(pair[1] ?? ''))
    if (!centre) this.#fault('centre', pair, 'centre-invalid')
    return centre
  }
}
