import { and, eq, inArray, isNull } from 'drizzle-orm'
import { districtNames } from '#modules/grid/index.ts'
import { zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { standards, standardUnits } from '../schema.ts'
import type { RankingGroup } from '../words.ts'
import { isCityDistrict } from './counting-rules.ts'

/** One that is compared with others: exactly one of the three ids. */
export interface Member {
  name: string
  districtCode: string | null
  zoneId: string | null
  unitId: string | null
}

/** Who is in a group, and to whom a zone, a district or a standard belongs. */
export interface Members {
  all: Map<string, Member>
  /** Ids in `all` of what was seen in this district and zone. Of departments: of everything. */
  at(place: { districtCode: string; zoneId: string }): string | undefined
  /** Ids in `all` of the departments that lead a standard. */
  leading(standardId: string): readonly string[]
}

const nobody: Pick<Members, 'at' | 'leading'> = { at: () => undefined, leading: () => [] }

/** @param frame the districts that were drawn from: only they are compared */
export async function membersOf(
  db: Reader,
  group: RankingGroup,
  { districtCodes, schemeIds }: { districtCodes: ReadonlySet<string>; schemeIds: readonly string[] },
): Promise<Members> {
  if (group === 'departments') return departments(db, schemeIds)
  if (group === 'streets') return streets(db, districtCodes)
  const named = await districtNames(db)
  const all = new Map(
    named
      .filter(({ code }) => districtCodes.has(code) && isCityDistrict(code) === (group === 'city_districts'))
      .map(({ code, name }): [string, Member] => [
        code,
        { name, districtCode: code, zoneId: null, unitId: null },
      ]),
  )
  return { ...nobody, all, at: ({ districtCode }) => (all.has(districtCode) ? districtCode : undefined) }
}

async function streets(db: Reader, districtCodes: ReadonlySet<string>): Promise<Members> {
  const rows = await db
    .select({
      id: zones.id,
      name: zones.name,
      kind: zones.kind,
      path: zones.path,
      district: zones.districtCode,
    })
    .from(zones)
  const kinds = ['subdistrict', 'town', 'township', 'ethnic_township']
  const all = new Map(
    rows
      .filter(
        ({ kind, district }) => kinds.includes(kind) && district !== null && districtCodes.has(district),
      )
      .map(({ id, name }): [string, Member] => [id, { name, districtCode: null, zoneId: id, unitId: null }]),
  )
  const paths = new Map(rows.map(({ id, path }) => [id, path]))
  const at = ({ zoneId }: { zoneId: string }) =>
    (paths.get(zoneId) ?? '').split('/').findLast((id) => all.has(id))
  return { ...nobody, all, at }
}

/** 市直部门: the units that lead standards in the whole city. */
async function departments(db: Reader, schemeIds: readonly string[]): Promise<Members> {
  const rows = await db
    .select({ standardId: standardUnits.standardId, id: units.id, name: units.name })
    .from(standardUnits)
    .innerJoin(standards, eq(standards.id, standardUnits.standardId))
    .innerJoin(units, eq(units.id, standardUnits.unitId))
    .where(
      and(
        inArray(standards.schemeId, [...schemeIds]),
        eq(standardUnits.role, 'lead'),
        eq(standardUnits.districtCode, ''),
        isNull(units.closedAt),
      ),
    )
  const all = new Map(
    rows.map(({ id, name }): [string, Member] => [
      id,
      { name, districtCode: null, zoneId: null, unitId: id },
    ]),
  )
  const leads = new Map<string, string[]>()
  for (const { standardId, id } of rows) leads.set(standardId, [...(leads.get(standardId) ?? []), id])
  return { ...nobody, all, leading: (standardId) => leads.get(standardId) ?? [] }
}
