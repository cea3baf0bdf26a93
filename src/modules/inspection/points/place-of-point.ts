import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { metresToZone } from '#modules/grid/index.ts'
import { zones } from '#modules/grid/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'

/** A point may lie as far outside its zone: boundaries are drawn along roads, and a market has a forecourt. */
export const outsideMetres = 500

/**
 * A position belongs to the city, and to the zone that the point names. A zone without a place of its own is believed.
 * @throws DomainError invalid `point.outside_city`, `point.outside_zone`
 */
export async function assertPlace(
  db: Reader,
  zoneId: string,
  fix: { latitude: number; longitude: number },
): Promise<void> {
  if (!(await inCity(db, fix)))
    throw new DomainError('invalid', 'point.outside_city', 'The position is outside the city.')
  const [zone] = await db
    .select({
      boundary: zones.boundary,
      centreLatitude: zones.centreLatitude,
      centreLongitude: zones.centreLongitude,
    })
    .from(zones)
    .where(eq(zones.id, zoneId))
  const metres = zone && metresToZone(zone, fix)
  if (metres !== undefined && metres > outsideMetres)
    throw new DomainError('invalid', 'point.outside_zone', 'The position is outside the zone.', {
      metres: Math.round(metres),
    })
}

/** Whether a position lies in the box around all open zones that have a boundary; where none has, anywhere. */
export async function inCity(
  db: Reader,
  { latitude, longitude }: { latitude: number; longitude: number },
): Promise<boolean> {
  const box = await cityBox(db)
  if (!box) return true
  return longitude >= box.west && longitude <= box.east && latitude >= box.south && latitude <= box.north
}

/** The box around all open zones that have a boundary. */
export async function cityBox(db: Reader) {
  const [box] = await db
    .select({
      west: sql<number | null>`min(${zones.west})`,
      south: sql<number | null>`min(${zones.south})`,
      east: sql<number | null>`max(${zones.east})`,
      north: sql<number | null>`max(${zones.north})`,
    })
    .from(zones)
    .where(and(isNull(zones.closedAt), isNotNull(zones.boundary)))
  if (!box || box.west === null) return null
  return box as { west: number; south: number; east: number; north: number }
}
