import { and, desc, eq, gte, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Static } from 'typebox'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import { shiftChanges, shiftRevisionRows, shiftRevisions } from '../schema.ts'
import type { ShiftRevisionView } from './contract.ts'

/** An act that changed many shifts, and since when people are told of it; null: nobody was. */
export type ShiftRevisionRow = typeof shiftRevisions.$inferSelect & { toldAt: DateTime | null }

/** One act that changed many shifts. @throws DomainError `revision.missing` */
export async function revisionRow(db: Reader, revisionId: string): Promise<ShiftRevisionRow> {
  const rows = await db.select().from(shiftRevisions).where(eq(shiftRevisions.id, revisionId))
  const [row] = await withTold(db, rows)
  if (row) return row
  throw new DomainError('missing', 'revision.missing', 'There is no such change of shifts.', { revisionId })
}

/** A keyset page of an event's changes of many shifts, the latest first, undone ones included. */
export async function listRevisions(
  db: Reader,
  eventId: string,
  { cursor, limit = 50 }: { cursor?: string; limit?: number },
) {
  const rows = await db
    .select()
    .from(shiftRevisions)
    .where(and(eq(shiftRevisions.eventId, eventId), after([shiftRevisions.id], cursor, 'desc')))
    .orderBy(desc(shiftRevisions.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ id }) => [id])
  return { ...page, items: await withTold(db, page.items) }
}

/** People are told when a change of one of its shifts has settled since. */
async function withTold(
  db: Reader,
  rows: readonly (typeof shiftRevisions.$inferSelect)[],
): Promise<ShiftRevisionRow[]> {
  const told = new Map<string, DateTime>()
  const asked = rows.filter(({ tells }) => tells).map(({ id }) => id)
  const settled =
    asked.length === 0
      ? []
      : await db
          .selectDistinct({ id: shiftRevisions.id, at: shiftChanges.settledAt })
          .from(shiftRevisions)
          .innerJoin(shiftRevisionRows, eq(shiftRevisionRows.revisionId, shiftRevisions.id))
          .innerJoin(shiftChanges, eq(shiftChanges.shiftId, shiftRevisionRows.shiftId))
          .where(
            and(inArray(shiftRevisions.id, asked), gte(shiftChanges.settledAt, shiftRevisions.createdAt)),
          )
  for (const { id, at } of settled) {
    const known = told.get(id)
    if (at && (!known || at < known)) told.set(id, at)
  }
  return rows.map((row) => ({ ...row, toldAt: told.get(row.id) ?? null }))
}

export function presentRevision(row: ShiftRevisionRow): Static<typeof ShiftRevisionView> {
  const { id, eventId, selection, change, shifts, people, createdAt, toldAt, undoneAt } = row
  const times = { createdAt: isoOf(createdAt), toldAt: toldAt && isoOf(toldAt) }
  const undoable = undoneAt === null && (toldAt === null || people === 0)
  return {
    id,
    eventId,
    where: selection,
    change,
    shifts,
    people,
    ...times,
    undoneAt: undoneAt && isoOf(undoneAt),
    undoable,
  }
}
