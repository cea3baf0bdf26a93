import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { districtOfficesOf } from '#modules/command/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { RankingRow } from '../ranking/tables.ts'
import { cases, rankingLines } from '../schema.ts'

/**
 * The offices of the districts in the ranking, the departments in it, and whoever owes a case found in its rounds in one of
 * its districts.
 */
export async function concernedBy(
  db: Reader,
  { id, roundIds }: Pick<RankingRow, 'id' | 'roundIds'>,
): Promise<string[]> {
  const lines = await db
    .select({ districtCode: rankingLines.districtCode, unitId: rankingLines.unitId })
    .from(rankingLines)
    .where(eq(rankingLines.rankingId, id))
  const codes = lines.flatMap(({ districtCode }) => districtCode ?? [])
  const offices = await districtOfficesOf(db, codes)
  const owing = await db
    .selectDistinct({ unitId: cases.unitId })
    .from(cases)
    .where(
      and(
        inArray(cases.roundId, roundIds),
        isNotNull(cases.taskId),
        codes.length > 0 ? inArray(cases.districtCode, codes) : undefined,
      ),
    )
  return [
    ...new Set([...offices.values()].flat().concat([...lines, ...owing].flatMap((row) => row.unitId ?? []))),
  ]
}

/** The liaison of each of these units that has one. */
export async function liaisonsOf(db: Reader, unitIds: readonly string[]): Promise<Map<string, string>> {
  if (unitIds.length === 0) return new Map()
  const rows = await db
    .select({ id: units.id, personId: units.liaisonPersonId })
    .from(units)
    .where(and(inArray(units.id, [...unitIds]), isNotNull(units.liaisonPersonId)))
  return new Map(rows.flatMap(({ id, personId }) => (personId ? [[id, personId] as const] : [])))
}
