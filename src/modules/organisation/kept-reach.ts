import { inArray } from 'drizzle-orm'
import { inChunks, type Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { coversUnit, type UnitLocation } from './reach.ts'
import { districtHolds } from './reach-conditions.ts'
import { units } from './schema.ts'

/** The id of the unit that a path leads to. */
const endOf = (path: string) => path.split('/').at(-2) ?? ''

/**
 * Which of these reaches, kept from an earlier day, lie wholly within the reach of today. Units are compared where they
 * are now, so that a unit that was moved together with its grants is still the same part. One statement.
 */
export async function stillReached<Kept extends Reach>(
  db: Reader,
  reach: Reach,
  kept: readonly Kept[],
): Promise<Set<Kept>> {
  if (reach.everything) return new Set(kept)
  const pathsOf = (each: Reach) =>
    each.everything ? [] : [...each.paths, ...(each.parts ?? []).map(({ path }) => path)]
  const now = new Map<string, UnitLocation>()
  await inChunks([...new Set(kept.flatMap(pathsOf).map(endOf))], 500, async (ids) => {
    const { id, path, districtCode } = units
    const rows = await db
      .select({ id, path, districtCode })
      .from(units)
      .where(inArray(units.id, [...ids]))
    for (const row of rows) now.set(row.id, row)
  })
  const holds = (code: string) => reach.codes.some((own) => districtHolds(own, code))
  const unitOf = (path: string) => now.get(endOf(path))
  const covers = (each: Kept) =>
    !each.everything &&
    each.paths.every((path) => {
      const unit = unitOf(path)
      // By its path: a district reaches the unit, and perhaps not what is below it elsewhere.
      return unit && coversUnit({ ...reach, parts: [], codes: [] }, unit)
    }) &&
    (each.parts ?? []).every(({ path, code }) => {
      const unit = unitOf(path)
      return (
        unit &&
        (holds(code) ||
          coversUnit({ ...reach, parts: partsIn(reach, code), codes: [] }, { ...unit, districtCode: code }))
      )
    }) &&
    each.codes.every(holds) &&
    each.ids.every((id) => reach.ids.includes(id))
  return new Set(kept.filter(covers))
}

const partsIn = (reach: Reach & { everything: false }, code: string) =>
  (reach.parts ?? []).filter((part) => districtHolds(part.code, code))
