import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { zones } from '#modules/grid/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
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
import { assertDemand, assertRecordable, assertShiftPeriod } from './create-shift.ts'
import type { EventRow } from './event-queries.ts'
import { assertInCharge } from './in-charge.ts'
import { readPeriod } from './instants.ts'
import { shiftBatches, shifts } from './schema.ts'
import { assertSkills } from './skills.ts'

/** Maximum number of shifts in one batch. */
export const batchShiftsMax = 5000

/**
 * Computes the shifts that a batch would create now, and the conflicts. Writes nothing.
 * @throws DomainError `batch.too_large`, `demand.invalid`, `period.invalid`, `shift.too_long`, `person.missing`,
 *   `shift.minor_in_charge`, `event.too_many_skills`
 */
export async function previewBatch(
  db: Reader,
  keys: KeyRing,
  event: EventRow,
  { spec, by }: { spec: BatchSpec; by: Actor },
): Promise<{ planned: PlannedShift[]; conflicts: Conflict[] }> {
  const { template, zoneIds } = spec
  if (zoneIds.length * spec.times.length > batchShiftsMax) {
    const message = `At most ${batchShiftsMax} shifts are made in one go.`
    throw new DomainError('invalid', 'batch.too_large', message, { shiftsMax: batchShiftsMax })
  }
  const times = spec.times.map(({ startsAt, endsAt }) => readPeriod(startsAt, endsAt))
  for (const time of times) assertShiftPeriod(time, time)
  assertDemand({ ...template, skills: template.skills ?? [] })
  assertRecordable({
    recordable: template.recordable ?? true,
    recordableReason: template.recordableReason ?? null,
  })
  await assertSkills(db, event.id, template.skills ?? [])
  const startsAt = DateTime.min(...times.map((time) => time.startsAt))!
  await assertInCharge(db, keys, by, { wanted: template, startsAt, timeZone: event.timeZone })
  return planBatch({
    event,
    zoneIds,
    times,
    template: { work: template.work, minorsAllowed: template.minorsAllowed ?? false },
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
    .select({ zoneId: shifts.zoneId, work: shifts.work, startsAt: shifts.startsAt, endsAt: shifts.endsAt })
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

/** A batch with its totals. @throws DomainError `batch.missing` */
export async function fullBatch(db: Reader, batchId: string): Promise<FullBatch> {
  const [batch] = await db.select().from(shiftBatches).where(eq(shiftBatches.id, batchId))
  if (!batch) throw new DomainError('missing', 'batch.missing', 'There is no such batch.', { batchId })
  return full(batch)
}

/** A keyset page of an event's batches, newest first, undone ones included. */
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
