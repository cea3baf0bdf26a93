import { and, asc, count, eq, exists, gt, inArray, notExists, type SQL, sql } from 'drizzle-orm'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { standards, standardUnits } from '../schema.ts'
import type { StandardClass } from '../words.ts'
import type { leadGaps, StandardView } from './contract.ts'
import { presentStandard } from './present.ts'
import { fullScheme } from './scheme-queries.ts'

export type StandardRow = typeof standards.$inferSelect

export interface StandardFilter {
  pointClass?: StandardClass
  indicator?: string
  /** Led or supported by this unit. */
  unitId?: string
  lead?: keyof typeof leadGaps
  cursor?: string
  limit?: number
}

function ledAs(db: Reader, gap: keyof typeof leadGaps): SQL {
  const leads = and(eq(standardUnits.standardId, standards.id), eq(standardUnits.role, 'lead'))
  const some = db.select({ one: sql`1` }).from(standardUnits).where(leads)
  if (gap === 'none') return notExists(some)
  return exists(some.groupBy(standardUnits.districtCode).having(gt(count(), 1)))
}

/** A keyset page of the standards of a scheme in their order, with the matrix of who answers. @throws `scheme.missing` */
export async function listStandards(db: Reader, schemeId: string, filter: StandardFilter, reader: Actor) {
  await fullScheme(db, schemeId, reader)
  const { pointClass, indicator, unitId, lead, cursor, limit = 50 } = filter
  const ofUnit = unitId
    ? db.select({ id: standardUnits.standardId }).from(standardUnits).where(eq(standardUnits.unitId, unitId))
    : undefined
  const rows = await db
    .select()
    .from(standards)
    .where(
      and(
        eq(standards.schemeId, schemeId),
        pointClass ? eq(standards.pointClass, pointClass) : undefined,
        indicator ? eq(standards.indicator, indicator) : undefined,
        ofUnit ? inArray(standards.id, ofUnit) : undefined,
        lead ? ledAs(db, lead) : undefined,
        after([standards.position, standards.id], cursor),
      ),
    )
    .orderBy(asc(standards.position), asc(standards.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ position, id }) => [position, id])
  return { ...page, items: await showStandards(db, page.items) }
}

/** One standard of a scheme that the reader sees. @throws DomainError `standard.missing` */
export async function standardRow(db: Reader, standardId: string): Promise<StandardRow> {
  const [row] = await db.select().from(standards).where(eq(standards.id, standardId))
  if (!row) throw new DomainError('missing', 'standard.missing', 'There is no such standard.', { standardId })
  return row
}

/** A standard as it is shown. @throws DomainError `standard.missing`, `scheme.missing` */
export async function readStandard(db: Reader, standardId: string, reader: Actor): Promise<StandardView> {
  const row = await standardRow(db, standardId)
  await fullScheme(db, row.schemeId, reader)
  return (await showStandards(db, [row]))[0]!
}

/** Standards as they are shown, with who leads and supports each. */
export async function showStandards(db: Reader, rows: readonly StandardRow[]): Promise<StandardView[]> {
  const matrix = await unitsOfStandards(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) =>
    presentStandard(
      row,
      (matrix.get(row.id) ?? []).map(({ districtCode, role, unit, closedAt }) => ({
        ...{ unit, role, closed: closedAt !== null },
        districtCode: districtCode === '' ? null : districtCode,
      })),
    ),
  )
}

/** Who leads and supports each of some standards, the oldest entry first. */
export async function unitsOfStandards(db: Reader, standardIds: readonly string[]) {
  const rows = await db
    .select({
      standardId: standardUnits.standardId,
      districtCode: standardUnits.districtCode,
      role: standardUnits.role,
      unit: { id: units.id, name: units.name },
      path: units.path,
      closedAt: units.closedAt,
    })
    .from(standardUnits)
    .innerJoin(units, eq(units.id, standardUnits.unitId))
    .where(inArray(standardUnits.standardId, [...standardIds]))
    .orderBy(asc(standardUnits.districtCode), asc(standardUnits.createdAt), asc(standardUnits.id))
  return Map.groupBy(rows, ({ standardId }) => standardId)
}
