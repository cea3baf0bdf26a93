import { and, eq, isNull, like, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { searchNameOf } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { books, tasks } from '../schema.ts'
import { neverDue } from '../tasks/never-due.ts'
import type { Escalation } from './escalate-types.ts'

const titleOf = (month: DateTime) => `${month.year}年${month.month}月逾期事项通报`

/**
 * Drafts the notice of the month for what is seven working days over: one for each issuer, with one reply asked of each unit.
 * A unit that stands in the notice of the month before is proposed for a talk (约谈) with the unit. Nothing is issued: a
 * person reads, changes and publishes it.
 */
export async function draftNotices(
  tx: Writer,
  escalations: readonly Escalation[],
  { zone, at }: { zone: string; at: DateTime },
): Promise<void> {
  const month = at.setZone(zone)
  for (const { full } of escalations.filter(({ level }) => level === 4)) {
    const { issuer, unit } = full
    const bookId = await draftOf(tx, issuer.id, titleOf(month), at)
    const there = await tx.$count(tasks, and(eq(tasks.bookId, bookId), eq(tasks.unitId, unit.id)))
    if (there > 0) continue
    const again = await stoodIn(tx, issuer.id, unit.id, titleOf(month.minus({ months: 1 })))
    const text = again
      ? '连续两个月有事项逾期七个工作日以上，提请约谈该单位，并请书面说明原因和完成时间。'
      : '有事项逾期七个工作日以上，请书面说明原因和完成时间。'
    const [last] = await tx
      .select({ position: sql<number>`coalesce(max(${tasks.position}), 0)`.mapWith(Number) })
      .from(tasks)
      .where(eq(tasks.bookId, bookId))
    const position = (last?.position ?? 0) + 1
    await tx.insert(tasks).values({
      ...{ id: newId(), bookId, kind: 'reply', outline: `${position}`, position, text, unitId: unit.id },
      ...{ dueKind: 'dated', dueClass: 'workdays:3', dueOrder: neverDue, createdAt: at },
    })
  }
}

async function draftOf(tx: Writer, issuerUnitId: string, title: string, at: DateTime): Promise<string> {
  const [draft] = await tx
    .select({ id: books.id })
    .from(books)
    .where(
      and(
        eq(books.issuerUnitId, issuerUnitId),
        eq(books.kind, 'notice'),
        eq(books.title, title),
        isNull(books.publishedAt),
        isNull(books.closedAt),
      ),
    )
  if (draft) return draft.id
  const id = newId()
  const searchTitle = searchNameOf(title)
  await tx.insert(books).values({ id, kind: 'notice', title, searchTitle, issuerUnitId, createdAt: at })
  await record(tx, { action: 'book.created', subject: `book:${id}`, by: 'system', at })
  return id
}

async function stoodIn(tx: Writer, issuerUnitId: string, unitId: string, title: string): Promise<boolean> {
  const [row] = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .innerJoin(books, eq(books.id, tasks.bookId))
    .where(
      and(
        eq(books.issuerUnitId, issuerUnitId),
        eq(books.kind, 'notice'),
        like(books.title, `${title}%`),
        eq(tasks.unitId, unitId),
      ),
    )
    .limit(1)
  return row !== undefined
}
