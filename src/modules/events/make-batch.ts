import type { DateTime } from 'luxon'
import { withCurrentPeople } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { type FullBatch, fullBatch, previewBatch } from './batch-queries.ts'
import type { PlannedShift } from './batch-rules.ts'
import { assertOpen } from './change-event.ts'
import type { BatchCreation, ShiftTemplate } from './contract.ts'
import { peopleNamed } from './create-shift.ts'
import { eventRow } from './event-queries.ts'
import { assertServes } from './reach.ts'
import { reportInCharge } from './report-in-charge.ts'
import { shiftBatches, shiftSeats, shiftSkills, shifts } from './schema.ts'

/**
 * Creates a shift from the template for every zone × every time, in one transaction. If there are conflicts, it creates
 * nothing, unless the request says to skip them.
 * @throws DomainError `batch.conflicts`, `batch.empty`, `event.missing`, `event.closed`, and those of `previewBatch`
 */
export async function makeBatch(
  tx: Writer,
  keys: KeyRing,
  { eventId, input, by, at }: { eventId: string; input: BatchCreation; by: Actor; at: DateTime },
): Promise<FullBatch> {
  const { skipConflicts = false, ...stated } = input
  const template = await withCurrentPeople(tx, stated.template, peopleNamed)
  const spec = { ...stated, template }
  const event = await eventRow(tx, eventId)
  const { organiserUnitId } = event
  await assertServes(tx, by, 'events.edit', { organiserUnitId, zoneIds: spec.zoneIds })
  assertOpen(event)
  const { planned, conflicts } = await previewBatch(tx, keys, event, { spec, by })
  if (conflicts.length > 0 && !skipConflicts) {
    const message = `${conflicts.length} of the shifts cannot be made. Preview the batch, or skip them.`
    throw new DomainError('conflict', 'batch.conflicts', message, { conflicts: conflicts.length })
  }
  if (planned.length === 0) throw new DomainError('conflict', 'batch.empty', 'Nothing would be made.')
  const batchId = newId()
  await tx.insert(shiftBatches).values({ id: batchId, eventId, spec, made: planned.length, createdAt: at })
  await insertShifts(tx, planned, { eventId, batchId, template: spec.template, at })
  await reportInCharge(tx, event)
  const details = { eventId, made: planned.length }
  await record(tx, { action: 'batch.made', subject: `batch:${batchId}`, by, at, details })
  return fullBatch(tx, batchId)
}

async function insertShifts(
  tx: Writer,
  planned: readonly PlannedShift[],
  {
    eventId,
    batchId,
    template,
    at,
  }: { eventId: string; batchId: string; template: ShiftTemplate; at: DateTime },
): Promise<void> {
  const { skills = [], ...fields } = template
  await inChunks(planned, 200, async (chunk) => {
    const rows = chunk.map(({ zone, startsAt, endsAt }) => {
      return { ...fields, id: newId(), eventId, batchId, zoneId: zone.id, startsAt, endsAt, createdAt: at }
    })
    await tx.insert(shifts).values(rows)
    await tx.insert(shiftSeats).values(rows.map(({ id, max }) => ({ shiftId: id, max })))
    const wanted = rows.flatMap(({ id }) => skills.map((skill) => ({ shiftId: id, ...skill })))
    await inChunks(wanted, 1000, (some) => tx.insert(shiftSkills).values(some))
  })
}
