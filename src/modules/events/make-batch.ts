import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { type FullBatch, fullBatch, previewBatch } from './batch-queries.ts'
import type { PlannedShift } from './batch-rules.ts'
import { assertOpen } from './change-event.ts'
import type { BatchCreation, ShiftTemplate } from './contract.ts'
import { eventRow } from './event-queries.ts'
import { assertServes } from './reach.ts'
import { shiftBatches, shiftSeats, shiftSkills, shifts } from './schema.ts'

/**
 * Makes every zone × every time a shift like the template, in one transaction. With conflicts it makes nothing,
 * unless they are to be skipped.
 * @throws DomainError `batch.conflicts`, `batch.empty`, `event.missing`, `event.closed`, and what `previewBatch` throws
 */
export async function makeBatch(
  tx: Writer,
  { eventId, input, by, at }: { eventId: string; input: BatchCreation; by: Actor; at: DateTime },
): Promise<FullBatch> {
  const { skipConflicts = false, ...spec } = input
  const event = await eventRow(tx, eventId)
  const { organiserUnitId } = event
  await assertServes(tx, by, 'events.edit', { organiserUnitId, zoneIds: spec.zoneIds })
  assertOpen(event)
  const { planned, conflicts } = await previewBatch(tx, event, spec)
  if (conflicts.length > 0 && !skipConflicts) {
    const message = `${conflicts.length} of the shifts cannot be made. Preview the batch, or skip them.`
    throw new DomainError('conflict', 'batch.conflicts', message, { conflicts: conflicts.length })
  }
  if (planned.length === 0) throw new DomainError('conflict', 'batch.empty', 'Nothing would be made.')
  const batchId = newId()
  await tx.insert(shiftBatches).values({ id: batchId, eventId, spec, made: planned.length, createdAt: at })
  await insertShifts(tx, planned, { eventId, batchId, template: spec.template, at })
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
