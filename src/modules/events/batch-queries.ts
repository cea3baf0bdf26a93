import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { zones } from '#modules/grid/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { after, pageOf } from '#platform/http/page.ts'
import {
  type BatchProblem,
  type BatchZone,
  type Conflict,
  type PlannedShift,
  planBatch,
  totalsOf,
} from './batch-rules.ts'
import type { BatchSpec } from './contract.ts'
import { checkDemand, checkPeople, checkRecordable, checkShiftPeriod } from './create-shift.ts'
import type { EventRow } from './event-queries.ts'
import { readPeriod } from './instants.ts'
import { shiftBatches, shifts } from './schema.ts'

/** A batch larger than this is asked for in parts. */
export const batchShiftsMax = 5000

/**
 * What a bulk creation would make of an event as it is now.
 * @throws DomainError `batch.too_large`, `demand.invalid`, `period.invalid`, `shift.too_long`, `person.missing`
 */
export async function previewBatch(
  db: Reader,
  event: EventRow,
  spec: BatchSpec,
): Promise<{ planned: PlannedShift[]; conflicts: Conflict[] }> {
  const { template, zoneIds } = spec
  if (zoneIds.length * spec.times.length > batchShiftsMax) {
    const message = `At most ${batchShiftsMax} shifts are made in one go.`
    throw new DomainError('invalid', 'batch.too_large', message, { shiftsMax: batchShiftsMax })
  }
  const times = spec.times.map(({ startsAt, endsAt }) => readPeriod(startsAt, endsAt))
  for (const time of times) checkShiftPeriod(time, time)
  checkDemand({ ...template, skills: template.skills ?? [] })
  checkRecordable({
    recordable: template.recordable ?? true,
    recordableReason: template.recordableReason ?? null,
  })
  await checkPeople(db, [template.inChargePersonId, template.deputyPersonId])
  return planBatch({
    event,
    zoneIds,
    times,
    template: { task: template.task, minorsAllowed: template.minorsAllowed ?? false },
    zones: await zonesOf(db, zoneIds),
    existing: await existingOf(db, event.id),
  })
}

async function zonesOf(db: Reader, zoneIds: readonly string[]): Promise<Map<string, BatchZone>> {
  const found = new Map<string, BatchZone>()
  await inChunks(zoneIds, 500, async (ids) => {
    const rows = await db
      .select({
        id: zones.id,
        name: zones.name,
        closedAt: zones.closedAt,
        minorsSuitable: zones.minorsSuitable,
      })
      .from(zones)
      .where(inArray(zones.id, ids))
    for (const zone of rows) found.set(zone.id, zone)
  })
  return found
}

async function existingOf(db: Reader, eventId: string): Promise<BatchProblem['existing']> {
  const rows = await db
    .select({ zoneId: shifts.zoneId, task: shifts.task, startsAt: shifts.startsAt, endsAt: shifts.endsAt })
    .from(shifts)
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt)))
  return Map.groupBy(rows, ({ zoneId }) => zoneId)
}

export interface FullBatch {
  batch: typeof shiftBatches.$inferSelect
  totals: ReturnType<typeof totalsOf>
}

const full = (batch: FullBatch['batch']): FullBatch => ({
  batch,
  totals: totalsOf(batch.made, batch.spec.template),
})

/** @throws DomainError `batch.missing` */
export async function fullBatch(db: Reader, batchId: string): Promise<FullBatch> {
  const [batch] = await db.select().from(shiftBatches).where(eq(shiftBatches.id, batchId))
  if (!batch) throw new DomainError('missing', 'batch.missing', 'There is no such batch.', { batchId })
  return full(batch)
}

/** The bulk creations of an event, the latest first; those taken back included. */
export async function listBatches(db: Reader, eventId: string, page: { cursor?: string; limit?: number }) {
  const { cursor, limit = 50 } = page
  const rows = await db
    .select()
    .from(shiftBatches)
    .where(and(eq(shiftBatches.eventId, eventId), after([shiftBatches.id], cursor, 'desc')))
    .orderBy(desc(shiftBatches.id))
    .limit(limit + 1)
  const { items, nextCursor } = pageOf(rows, limit, ({ id }) => [id])
  return { items: items.map(full), nextCursor }
}
