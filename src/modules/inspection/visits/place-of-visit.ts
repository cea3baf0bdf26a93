import { eq } from 'drizzle-orm'
import { metresToZone } from '#modules/grid/index.ts'
import { zones } from '#modules/grid/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { PicturePlace } from '#platform/pictures/index.ts'
import { points } from '../schema.ts'

const nearMetres = 200

interface Where {
  pointId: string | null
  zoneId: string
}
interface Position {
  latitude?: number | null
  longitude?: number | null
}

/** Where somebody was, seen from the point, or from the zone where the point has no place. It is told and refuses nothing. */
export async function placeOfVisit(
  db: Reader,
  { pointId, zoneId }: Where,
  at: Position,
): Promise<PicturePlace> {
  const { latitude = null, longitude = null } = at
  if (latitude === null || longitude === null) return 'none'
  const [point] = pointId
    ? await db
        .select({ centreLatitude: points.latitude, centreLongitude: points.longitude })
        .from(points)
        .where(eq(points.id, pointId))
    : []
  const [zone] = await db
    .select({
      boundary: zones.boundary,
      centreLatitude: zones.centreLatitude,
      centreLongitude: zones.centreLongitude,
    })
    .from(zones)
    .where(eq(zones.id, zoneId))
  const place = point?.centreLatitude == null ? zone : { ...point, boundary: null }
  const metres = place && metresToZone(place, { latitude, longitude })
  if (metres === undefined) return 'none'
  if (metres === 0) return 'inside'
  return metres <= nearMetres ? 'near' : 'far'
}
