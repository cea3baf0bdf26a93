import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { users } from '#modules/accounts/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Doing, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { visitUploads } from '../schema.ts'
import { placesOfUploads } from './held-places.ts'
import { presentHeld } from './held-view.ts'
import type { UploadRow } from './receipt.ts'

type Language = 'zh' | 'en'

/** An upload, and whoever sent it. */
const selectUploads = (db: Reader) =>
  db
    .select({ row: visitUploads, user: { id: users.id, name: users.name } })
    .from(visitUploads)
    .innerJoin(users, eq(users.id, visitUploads.userId))

/** Uploads of which something was not taken, and that nobody has looked at; for whoever runs all rounds. */
export async function listHeld(
  db: Reader,
  { cursor, limit = 50 }: { cursor?: string; limit?: number },
  { reader, language }: { reader: Actor; language: Language },
) {
  const all = reachOf(reader, 'rounds.run').everything
  const rows = await selectUploads(db)
    .where(
      and(
        isNull(visitUploads.settledAt),
        gt(visitUploads.lost, 0),
        all ? undefined : sql`1 = 0`,
        after([visitUploads.id], cursor),
      ),
    )
    .orderBy(asc(visitUploads.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ row }) => [row.id])
  const places = await placesOfUploads(
    db,
    page.items.map(({ row }) => row),
  )
  return { ...page, items: page.items.map((found) => presentHeld(found, places, language)) }
}

/** An upload of which something was not taken, for whoever runs all rounds. @throws DomainError `upload.missing` */
export async function heldUpload(db: Reader, uploadId: string, reader: Actor) {
  const [found] = reachOf(reader, 'rounds.run').everything
    ? await selectUploads(db).where(eq(visitUploads.id, uploadId))
    : []
  // Of one that was taken as a visit there is nothing to decide, unless it is what somebody has decided.
  if (!found || (found.row.lost === 0 && !found.row.settledAt))
    throw new DomainError('missing', 'upload.missing', 'There is no such upload.', { uploadId })
  return found
}

/**
 * Somebody has looked at what was held. What was sent stays.
 * @throws DomainError `upload.missing`, `version.stale`; conflict `upload.settled`
 */
export async function settleUpload(
  tx: Writer,
  { uploadId, version, note, by, at }: Doing & { uploadId: string; version: number; note: string },
): Promise<void> {
  const { row } = await heldUpload(tx, uploadId, by)
  assertVersion(row, version)
  if (row.settledAt && row.settledNote === note) return
  assertOpen(row)
  const settled = { settledAt: at, settledByUserId: by.userId, settledNote: note }
  await updateVersioned(tx, visitUploads, uploadId, version, settled)
  await record(tx, { action: 'visit.settled', subject: `upload:${uploadId}`, by, at })
}

/** @throws DomainError conflict `upload.settled` */
export function assertOpen({ settledAt }: UploadRow): void {
  if (settledAt) throw new DomainError('conflict', 'upload.settled', 'Somebody has decided on it already.')
}
