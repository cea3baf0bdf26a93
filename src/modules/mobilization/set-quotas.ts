import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertOpen, eventRow, outOfReach, reachesUnit } from '#modules/events/index.ts'
import { assertUnitWithin, unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { quotas } from './schema.ts'

export interface SetQuotas {
  eventId: string
  asked: readonly { unitId: string; asked: number }[]
  by: Actor
  at: DateTime
}

export type QuotaRow = typeof quotas.$inferSelect

/**
 * Asks units for people, many with one request; units that are not named keep what they have. Whoever answers for
 * the organiser asks anybody, a district's office the units of its district.
 * @throws DomainError `event.missing`, `event.closed`, `unit.missing`, `quota.repeated`, `access.out_of_reach`
 */
export async function setQuotas(tx: Writer, { eventId, asked, by, at }: SetQuotas) {
  const event = await eventRow(tx, eventId)
  assertOpen(event)
  const unitIds = asked.map(({ unitId }) => unitId)
  if (new Set(unitIds).size < unitIds.length) {
    throw new DomainError('invalid', 'quota.repeated', 'A unit is named twice.')
  }
  await assertMayAsk(tx, by, event.organiserUnitId, unitIds)
  await assertUnits(tx, unitIds)
  const known = await quotasOf(tx, eventId, unitIds)
  const fresh = asked.filter(({ unitId }) => !known.has(unitId))
  const changed = asked.filter((each) => (known.get(each.unitId)?.asked ?? each.asked) !== each.asked)
  await inChunks(fresh, 200, (some) =>
    tx.insert(quotas).values(some.map((each) => ({ ...each, id: newId(), eventId, createdAt: at }))),
  )
  for (const each of changed) {
    const { id, version } = known.get(each.unitId) as QuotaRow
    await tx
      .update(quotas)
      .set({ asked: each.asked, version: version + 1 })
      .where(eq(quotas.id, id))
  }
  const details = { created: fresh.length, changed: changed.length }
  await record(tx, { action: 'quotas.set', subject: `event:${eventId}`, by, at, details })
  return { ...details, unchanged: asked.length - fresh.length - changed.length }
}

async function assertMayAsk(db: Reader, by: Actor, organiserUnitId: string, unitIds: readonly string[]) {
  const reach = reachOf(by, 'quotas.edit')
  if (await reachesUnit(db, reach, organiserUnitId)) return
  if (reach.everything || reach.districtCodes.length === 0) throw outOfReach()
  const district = unitsWithin({ ...reach, unitPaths: [] })
  await inChunks(unitIds, 500, async (some) => {
    if ((await db.$count(units, and(inArray(units.id, some), district))) < some.length) throw outOfReach()
  })
}

async function assertUnits(db: Reader, unitIds: readonly string[]): Promise<void> {
  const found = new Set<string>()
  await inChunks(unitIds, 500, async (some) => {
    const rows = await db
      .select({ id: units.id })
      .from(units)
      .where(and(inArray(units.id, some), isNull(units.closedAt)))
    for (const { id } of rows) found.add(id)
  })
  const unitId = unitIds.find((id) => !found.has(id))
  if (unitId) throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
}

async function quotasOf(
  db: Reader,
  eventId: string,
  unitIds: readonly string[],
): Promise<Map<string, QuotaRow>> {
  const known = new Map<string, QuotaRow>()
  await inChunks(unitIds, 500, async (some) => {
    const rows = await db
      .select()
      .from(quotas)
      .where(and(eq(quotas.eventId, eventId), inArray(quotas.unitId, some)))
    for (const row of rows) known.set(row.unitId, row)
  })
  return known
}

/** @throws DomainError `quota.missing` */
export async function quotaRow(db: Reader, quotaId: string): Promise<QuotaRow> {
  const [found] = await db.select().from(quotas).where(eq(quotas.id, quotaId))
  if (found) return found
  throw new DomainError('missing', 'quota.missing', 'There is no such quota.', { quotaId })
}

/**
 * A unit answers: so many people, more or fewer than asked, or none; with a note if it likes. The last answer
 * counts.
 * @throws DomainError `quota.missing`, `event.closed`, `unit.missing` when the unit is out of reach
 */
export async function pledge(
  tx: Writer,
  request: { quotaId: string; pledged: number; note?: string | null; by: Actor; at: DateTime },
): Promise<void> {
  const { quotaId, pledged, note = null, by, at } = request
  const quota = await quotaRow(tx, quotaId)
  await assertUnitWithin(tx, reachOf(by, 'quotas.edit'), quota.unitId)
  assertOpen(await eventRow(tx, quota.eventId))
  await tx
    .update(quotas)
    .set({ pledged, note, answeredAt: at, answeredByUserId: by.userId, version: quota.version + 1 })
    .where(eq(quotas.id, quotaId))
  const details = { pledged, asked: quota.asked }
  await record(tx, { action: 'quota.pledged', subject: `quota:${quotaId}`, by, at, details })
}
