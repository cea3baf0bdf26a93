import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Doing, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import { visitUploads } from '../schema.ts'
import type { HeldUploadView } from './contract.ts'
import { remarksOf, type UploadRow } from './receipt.ts'

type Language = 'zh' | 'en'

/** Uploads of which something was not taken, and that nobody has looked at; for whoever runs all rounds. */
export async function listHeld(
  db: Reader,
  { cursor, limit = 50 }: { cursor?: string; limit?: number },
  { reader, language }: { reader: Actor; language: Language },
) {
  const all = reachOf(reader, 'rounds.run').everything
  const rows = await db
    .select()
    .from(visitUploads)
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
  const page = pageOf(rows, limit, ({ id }) => [id])
  return { ...page, items: page.items.map((row) => presentHeld(row, language)) }
}

export function presentHeld(row: UploadRow, language: Language): HeldUploadView {
  const { id, version, operationId, userId, visitId, receivedAt, body } = row
  return {
    ...{ id, version, operationId, userId, visitId },
    receivedAt: isoOf(receivedAt),
    sent: body,
    remarks: remarksOf(row, language),
  }
}

/** Somebody has looked at what was held. What was sent stays. @throws DomainError `upload.missing`, `version.stale` */
export async function settleUpload(
  tx: Writer,
  { uploadId, version, note, by, at }: Doing & { uploadId: string; version: number; note: string },
): Promise<UploadRow> {
  const missing = () => new DomainError('missing', 'upload.missing', 'There is no such upload.', { uploadId })
  if (!reachOf(by, 'rounds.run').everything) throw missing()
  const [row] = await tx.select().from(visitUploads).where(eq(visitUploads.id, uploadId))
  if (!row) throw missing()
  const settled = { settledAt: at, settledByUserId: by.userId, settledNote: note }
  const changed = await updateVersioned(tx, visitUploads, uploadId, version, settled)
  await record(tx, { action: 'visit.settled', subject: `upload:${uploadId}`, by, at })
  return changed
}
