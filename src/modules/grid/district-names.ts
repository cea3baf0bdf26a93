import { and, asc, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { zones } from './schema.ts'

/** Official codes and names of the open districts and counties, so that a list can show names instead of codes. */
export async function districtNames(db: Reader): Promise<{ code: string; name: string }[]> {
  const rows = await db
    .select({ code: zones.code, name: zones.name })
    .from(zones)
    .where(
      and(
        inArray(zones.kind, ['district', 'county', 'county_city', 'autonomous_county']),
        isNotNull(zones.code),
        isNull(zones.closedAt),
      ),
    )
    .orderBy(asc(zones.code), asc(zones.id))
  return rows.flatMap(({ code, name }) => (code === null ? [] : [{ code, name }]))
}
