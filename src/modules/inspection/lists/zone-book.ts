/** The zones that lists of points name, or that contain their positions. */
import { and, inArray, isNull, sql } from 'drizzle-orm'
import { metresToZone, type Place, zonesWithin } from '#modules/grid/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { searchNameOf } from '#modules/organisation/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { outsideMetres } from '../points/place-of-point.ts'

export interface BookedZone {
  id: string
  path: string
  districtCode: string | null
}
export interface Position {
  latitude: number
  longitude: number
}

const columns = {
  id: zones.id,
  code: zones.code,
  searchName: zones.searchName,
  path: zones.path,
  districtCode: zones.districtCode,
  west: zones.west,
  south: zones.south,
  east: zones.east,
  north: zones.north,
  bounded: sql<boolean>`${zones.boundary} is not null`.mapWith(Boolean),
}
type Row = Awaited<ReturnType<typeof readZones>>[number]

/** All open zones where points may be entered, without their boundaries. */
const readZones = (db: Reader, reach: Reach) =>
  db
    .select(columns)
    .from(zones)
    .where(and(isNull(zones.closedAt), zonesWithin(reach)))

/** Zones out of reach are unknown, like those that do not exist. */
export class ZoneBook {
  readonly #db: Reader
  readonly #rows: readonly Row[]
  readonly #byCode: ReadonlyMap<string, Row>
  readonly #byName: ReadonlyMap<string, readonly Row[]>
  readonly #places = new Map<string, Place>()

  private constructor(db: Reader, rows: readonly Row[]) {
    this.#db = db
    this.#rows = rows
    this.#byCode = new Map(rows.flatMap((row) => (row.code === null ? [] : [[row.code, row] as const])))
    this.#byName = Map.groupBy(rows, ({ searchName }) => searchName)
  }

  static async load(db: Reader, reach: Reach): Promise<ZoneBook> {
    return new ZoneBook(db, await readZones(db, reach))
  }

  /** The zone with this code or name. @param districtCode tells zones of one name apart */
  named(text: string, districtCode: string | undefined): BookedZone | 'unknown' | 'several' {
    const coded = this.#byCode.get(text.trim())
    if (coded) return coded
    const named = this.#byName.get(searchNameOf(text)) ?? []
    const there = districtCode ? named.filter((zone) => zone.districtCode === districtCode) : named
    if (there.length > 1) return 'several'
    return there[0] ?? 'unknown'
  }

  /** Reads the boundaries that may be asked for, some at a time. */
  async loadPlaces(named: readonly BookedZone[], positions: readonly Position[]): Promise<void> {
    const near = this.#rows.filter((row) => row.bounded && positions.some((position) => inBox(row, position)))
    const ids = new Set([...named, ...near].map(({ id }) => id))
    await inChunks([...ids], 200, async (some) => {
      const places = await this.#db
        .select({
          id: zones.id,
          boundary: zones.boundary,
          centreLatitude: zones.centreLatitude,
          centreLongitude: zones.centreLongitude,
        })
        .from(zones)
        .where(inArray(zones.id, [...some]))
      for (const { id, ...place } of places) this.#places.set(id, place)
    })
  }

  /** The smallest zone whose boundary contains a position. Call `loadPlaces` first. */
  containing(position: Position): BookedZone | undefined {
    const around = this.#rows.filter((row) => {
      const place = this.#places.get(row.id)
      return row.bounded && place && inBox(row, position) && metresToZone(place, position) === 0
    })
    const depth = ({ path }: BookedZone) => path.split('/').length
    return around.sort((a, b) => depth(b) - depth(a) || (a.id < b.id ? -1 : 1))[0]
  }

  /** Whether a position belongs to a zone; a zone without a place of its own is believed. Call `loadPlaces` first. */
  holds({ id }: BookedZone, position: Position): boolean {
    const place = this.#places.get(id)
    const metres = place && metresToZone(place, position)
    return metres === undefined || metres <= outsideMetres
  }
}

function inBox({ west, south, east, north }: Row, { latitude, longitude }: Position): boolean {
  if (west === null || south === null || east === null || north === null) return false
  return longitude >= west && longitude <= east && latitude >= south && latitude <= north
}
