import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { assertNotOver, assertOpen, eventRow, outOfReach, reachesUnit } from '#modules/events/index.ts'
import { assertUnitWithin, unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { quotas } from '../schema.ts'

export interface SetQuotas {
  eventId: string
  asked: readonly { unitId: string; asked: number }[]
  /** The last day to answer, `YYYY-MM-DD`; absent: as it was. */
  dueOn?: string
  by: Actor
  at: DateTime
}

export type QuotaRow = typeof quotas.$inferSelect

/**
 * Sets the quotas of many units; units that are not named keep theirs. The organiser may ask every unit, a district
 * office the units of its district.
 * @throws DomainError `event.missing`, `event.closed`, `event.over`, `unit.missing`, `quota.repeated`, `access.out_of_reach`
 */
export async function setQuotas(tx: Writer, { eventId, asked, dueOn, by, at }: SetQuotas) {
  const event = await eventRow(tx, eventId)
  assertOpen(event)
  assertNotOver(event, at)
  const unitIds = asked.map(({ unitId }) => unitId)
  if (new Set(unitIds).size < unitIds.length) {
    throw new DomainError('invalid', 'quota.repeated', 'A unit is named twice.')
  }
  await assertMayAsk(tx, by, event.organiserUnitId, unitIds)
  await assertUnits(tx, unitIds)
  const known = await quotasOf(tx, eventId, unitIds)
  const fresh = asked.filter(({ unitId }) => !known.has(unitId))
  const changed = asked.filter((each) => {
    const row = known.get(each.unitId)
    return row && (row.asked !== each.asked || (dueOn !== undefined && row.dueOn !== dueOn))
  })
  await inChunks(fresh, 200, (some) =>
    tx.insert(quotas).values(some.map((each) => ({ ...each, id: newId(), eventId, dueOn, createdAt: at }))),
  )
  for (const each of changed) {
    const { id, version } = known.get(each.unitId) as QuotaRow
    await updateVersioned(tx, quotas, id, version, { asked: each.asked, ...(dueOn && { dueOn }) })
  }
  const details = { created: fresh.length, changed: changed.length }
  await record(tx, { action: 'quotas.set', subject: `event:${eventId}`, by, at, details })
  if (fresh.length > 0) await enqueue(tx, 'quotas.asked', { eventId }, { key: `quotas.asked:${eventId}` })
  const askedAnew = changed.flatMap((each) => {
    const row = known.get(each.unitId) as QuotaRow
    return row.asked === each.asked ? [] : [row.id]
  })
  await inChunks(askedAnew, 100, (quotaIds) => enqueue(tx, 'quotas.changed', { quotaIds }))
  return { ...details, unchanged: asked.length - fresh.length - changed.length }
}

async function assertMayAsk(db: Reader, by: Actor, organiserUnitId: string, unitIds: readonly string[]) {
  const reach = reachOf(by, 'quotas.edit')
  if (await reachesUnit(db, reach, organiserUnitId)) return
  if (reach.everything || reach.codes.length === 0) throw outOfReach()
  const district = unitsWithin({ ...reach, paths: [] })
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

/** The row of a quota. @throws DomainError `quota.missing` */
export async function quotaRow(db: Reader, quotaId: string): Promise<QuotaRow> {
  const [found] = await db.select().from(quotas).where(eq(quotas.id, quotaId))
  if (found) return found
  throw new DomainError('missing', 'quota.missing', 'There is no such quota.', { quotaId })
}

/**
 * Records the answer of a unit to its quota: any number of people, 0 to refuse, with an optional note. The last answer
 * counts.
 * @throws DomainError `quota.missing`, `event.closed`, `event.over`, `unit.missing` when the unit is out of reach
 */
export async function pledge(
  tx: Writer,
  request: {
    quotaId: string
    pledged: number
    countOnly?: boolean
    note?: string | null
    by: Actor
    at: DateTime
  },
): Promise<void> {
  const { quotaId, pledged, countOnly = false, note = null, by, at } = request
  const quota = await quotaRow(tx, quotaId)
  await assertUnitWithin(tx, reachOf(by, 'quotas.edit'), quota.unitId)
  const event = await eventRow(tx, quota.eventId)
  assertOpen(event)
  assertNotOver(event, at)
  const answer = { pledged, countOnly, note, answeredAt: at, answeredByUserId: by.userId }
  await updateVersioned(tx, quotas, quotaId, quota.version, answer)
  const details = { pledged, countOnly, asked: quota.asked }
  await record(tx, { action: 'quota.pledged', subject: `quota:${quotaId}`, by, at, details })
}
