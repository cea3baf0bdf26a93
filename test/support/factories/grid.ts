import type { ResponsibilityInput, ZoneKind } from '#modules/grid/index.ts'
import { type ZoneRow, zoneNames } from '#modules/grid/save-zones.ts'
import { responsibilities, zones } from '#modules/grid/schema.ts'
import { placeColumns } from '#modules/grid/zone-place.ts'
import type { Database } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'

const at = instantFrom('2026-02-01T00:00:00Z')
let made = 0

export interface ZoneWanted
  extends Partial<Pick<ZoneRow, 'name' | 'code' | 'districtCode' | 'boundary' | 'minorsSuitable'>> {
  kind?: ZoneKind
  parent?: { id: string; path: string }
  latitude?: number
  longitude?: number
}

/** A zone, by default in the district 210502 around the centre of Benxi. */
export async function aZone(
  db: Database,
  wanted: ZoneWanted = {},
): Promise<{ id: string; path: string; code: string | null }> {
  const {
    parent,
    latitude = 41.3,
    longitude = 123.75,
    kind = 'street',
    boundary = null,
    code = null,
  } = wanted
  const id = newId()
  const path = `${parent?.path ?? '/'}${id}/`
  const row: ZoneRow = {
    id,
    code,
    ...zoneNames(wanted.name ?? `区域${++made}`),
    kind,
    level: null,
    parentId: parent?.id ?? null,
    path,
    districtCode: wanted.districtCode === undefined ? '210502' : wanted.districtCode,
    ...placeColumns(boundary, boundary ? null : [longitude, latitude]),
    minorsSuitable: wanted.minorsSuitable ?? false,
    closedAt: null,
    splitFromId: null,
    version: 1,
    createdAt: at,
  }
  await db.transaction((tx) => tx.insert(zones).values(row))
  return { id, path, code }
}

/** A responsibility for a zone, from 1 January 2026; by default at the level of units. */
export async function aResponsibility(
  db: Database,
  { level = 'unit', ...wanted }: Partial<ResponsibilityInput> & { zoneId: string },
): Promise<{ id: string }> {
  const { unitId = null, personId = null, scope = null, duties = null, validUntil = null } = wanted
  const validFrom = wanted.validFrom ?? '2026-01-01'
  const id = newId()
  const row = {
    id,
    zoneId: wanted.zoneId,
    level,
    unitId,
    personId,
    scope,
    duties,
    validFrom,
    validUntil,
    createdAt: at,
  }
  await db.transaction((tx) => tx.insert(responsibilities).values(row))
  return { id }
}

/** A square of some metres around a position. */
export function squareAround(longitude: number, latitude: number, metres: number) {
  const [dx, dy] = [metres / (111_195 * Math.cos((latitude * Math.PI) / 180)), metres / 111_195]
  const ring = [
    [longitude - dx, latitude - dy],
    [longitude + dx, latitude - dy],
    [longitude + dx, latitude + dy],
    [longitude - dx, latitude + dy],
    [longitude - dx, latitude - dy],
  ] as [number, number][]
  return { type: 'Polygon' as const, coordinates: [ring] }
}
