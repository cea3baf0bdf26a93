import { and, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { zones } from './schema.ts'

/** The districts and counties that are known, by official code and name: for lists that name them in words. */
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
  return rows.flatMap(({ code, name }) => (code === null ? [] : [{ code, name }]))
}
