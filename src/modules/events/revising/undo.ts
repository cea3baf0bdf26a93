import { eq } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { assertOpen } from '../change-event.ts'
import { eventRow } from '../event-queries.ts'
import type { ShiftPeople } from '../people.ts'
import { assertServes } from '../reach.ts'
import { shiftRevisionRows, shiftRevisions } from '../schema.ts'
import { type Revision, shiftsById, sortRevisions } from './facts.ts'
import { revisionRow, type ShiftRevisionRow } from './queries.ts'
import { restored } from './revision-rules.ts'
import { writeRevisions } from './write.ts'

/**
 * Takes a change of many shifts back, as a whole, while nobody was told and none of them was changed since. Idempotent.
 * @throws DomainError `revision.missing`, `event.cancelled`, `event.closed`, `access.out_of_reach`, `revision.told`,
 *   `revision.changed_since`, `revision.in_the_way`
 */
export async function undoRevision(
  tx: Writer,
  people: ShiftPeople,
  { revisionId, by, at }: { revisionId: string } & Doing,
): Promise<ShiftRevisionRow> {
  const row = await revisionRow(tx, revisionId)
  const event = await eventRow(tx, row.eventId)
  const { revisions, changed } = await backwards(tx, revisionId)
  const zoneIds = [...new Set(revisions.flatMap(({ shift, next }) => [shift.zoneId, next.zoneId]))]
  await assertServes(tx, by, 'events.edit', { organiserUnitId: event.organiserUnitId, zoneIds })
  if (row.undoneAt) return row
  assertOpen(event)
  if (row.toldAt && row.people > 0) {
    const message = 'People were told. Change the shifts again instead.'
    throw new DomainError('conflict', 'revision.told', message, { people: row.people })
  }
  if (changed > 0) {
    const message = `${changed} of the shifts were changed or cancelled since.`
    throw new DomainError('conflict', 'revision.changed_since', message, { shifts: changed })
  }
  const { able, refused } = await sortRevisions(tx, people, { event, revisions })
  if (refused.length > 0) {
    const message = `${refused.length} of the shifts cannot go back: people were placed since, or the zone was closed.`
    throw new DomainError('conflict', 'revision.in_the_way', message, { shifts: refused.length })
  }
  await writeRevisions(tx, able, { event, at })
  await tx.update(shiftRevisions).set({ undoneAt: at }).where(eq(shiftRevisions.id, revisionId))
  const details = { eventId: event.id, shifts: able.length }
  await record(tx, {
    action: 'shifts.revision_undone',
    subject: `shift_revision:${revisionId}`,
    by,
    at,
    details,
  })
  return revisionRow(tx, revisionId)
}

/** The way back of each shift, and how many are no longer as the revision left them. */
async function backwards(db: Reader, revisionId: string) {
  const kept = await db.select().from(shiftRevisionRows).where(eq(shiftRevisionRows.revisionId, revisionId))
  const byShift = new Map(kept.map((row) => [row.shiftId, row]))
  const found = await shiftsById(db, [...byShift.keys()])
  const revisions = found.flatMap((each): Revision[] => {
    const before = byShift.get(each.shift.id)
    return before ? [{ ...each, next: restored(before.before) }] : []
  })
  const same = revisions.filter(({ shift }) => shift.version === byShift.get(shift.id)?.version)
  return { revisions, changed: kept.length - same.length }
}
