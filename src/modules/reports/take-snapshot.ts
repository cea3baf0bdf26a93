import { and, desc, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { EventReport } from './contract.ts'
import { reportSnapshots } from './schema.ts'

export type Snapshot = typeof reportSnapshots.$inferSelect

/** Stores a report permanently, so that figures given to the press can be found again. */
export async function takeSnapshot(
  tx: Writer,
  { report, title, by, at }: { report: EventReport; title: string | null; by: Actor; at: DateTime },
): Promise<Snapshot> {
  const eventId = report.event.id
  const snapshot = {
    id: newId(),
    eventId,
    cutOffAt: instantFrom(report.cutOffAt),
    title,
    report,
    takenBy: by.userId,
    createdAt: at,
  }
  await tx.insert(reportSnapshots).values(snapshot)
  const details = { snapshotId: snapshot.id, cutOffAt: report.cutOffAt }
  await record(tx, { action: 'report.snapshot_taken', subject: `event:${eventId}`, by, at, details })
  return snapshot
}

/** The snapshots of an event, latest first. Keyset pages. */
export async function listSnapshots(
  reader: Reader,
  {
    eventId,
    cursor,
    limit = 50,
  }: { eventId: string; cursor?: string | undefined; limit?: number | undefined },
) {
  const rows = await reader
    .select()
    .from(reportSnapshots)
    .where(and(eq(reportSnapshots.eventId, eventId), after([reportSnapshots.id], cursor, 'desc')))
    .orderBy(desc(reportSnapshots.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

/**
 * One snapshot.
 * @throws DomainError `snapshot.missing`
 */
export async function readSnapshot(reader: Reader, snapshotId: string): Promise<Snapshot> {
  const [found] = await reader.select().from(reportSnapshots).where(eq(reportSnapshots.id, snapshotId))
  if (!found)
    throw new DomainError('missing', 'snapshot.missing', 'There is no such snapshot.', { snapshotId })
  return found
}
