import { and, asc, eq, inArray, isNull, lte, or } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import type { Doing } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import { labelOf } from '../rounds/present.ts'
import { standards, visits } from '../schema.ts'
import { type StandardRow, showStandards } from '../schemes/standard-queries.ts'
import type { PacketView } from './contract.ts'
import { type FullVisit, selectVisits } from './visit-queries.ts'

/** Visits in one packet: more than a day's work. */
const visitsMax = 100

/**
 * 当日任务包: every visit of an inspector that is open and did not come home, with all the standards a phone needs to work
 * without network. What opens later is not told.
 */
export async function packetOf(db: Reader, { by, at }: Doing): Promise<PacketView> {
  const open = await selectVisits(db)
    .where(and(eq(visits.inspectorUserId, by.userId), lte(visits.opensAt, at), isNull(visits.receivedAt)))
    .orderBy(asc(visits.opensAt), asc(visits.id))
    .limit(visitsMax)
  const asked = await standardsOf(db, open)
  const fits = ({ visit }: FullVisit, { schemeId, pointClass }: StandardRow) =>
    schemeId === visit.schemeId && (pointClass === 'common' || pointClass === visit.pointClass)
  const needed = asked.filter((standard) => open.some((full) => fits(full, standard)))
  return {
    visits: open.map((full) => ({
      id: full.visit.id,
      roundLabel: full.round && labelOf(full.round),
      schemeId: full.visit.schemeId,
      role: full.visit.role,
      attempt: full.visit.attempt,
      point: full.point,
      zone: full.zone,
      pointClass: full.visit.pointClass,
      opensAt: isoOf(full.visit.opensAt!),
      standardIds: needed.filter((standard) => fits(full, standard)).map(({ id }) => id),
    })),
    standards: await showStandards(db, needed),
  }
}

async function standardsOf(db: Reader, open: readonly FullVisit[]): Promise<StandardRow[]> {
  if (open.length === 0) return []
  const schemeIds = [...new Set(open.map(({ visit }) => visit.schemeId))]
  const classes = [...new Set(open.flatMap(({ visit }) => visit.pointClass ?? []))]
  const ofClass = or(eq(standards.pointClass, 'common'), inArray(standards.pointClass, classes))
  return db
    .select()
    .from(standards)
    .where(and(inArray(standards.schemeId, schemeIds), ofClass))
    .orderBy(asc(standards.schemeId), asc(standards.position))
}
