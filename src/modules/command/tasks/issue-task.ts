import { eq, sql } from 'drizzle-orm'
import { searchNameOf } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { books, tasks, taskUnits } from '../schema.ts'
import type { BookKind, TaskKind } from '../words.ts'
import { checkerOf } from './assert-part.ts'
import { issueTasks, type Moving } from './make-move.ts'
import { neverDue } from './never-due.ts'
import { fullTasks } from './task-queries.ts'

/** A task as a slice above makes it: what was found, and who answers for it. */
export interface TaskToIssue {
  bookId: string
  kind: TaskKind
  /** Its number in the book. */
  outline: string
  text: string
  acceptance?: string | null
  unitId: string
  supportingUnitIds?: readonly string[]
  zoneId?: string | null
  /** `case:ID`. */
  subject?: string | null
  foundByUserId?: string | null
  foundByUnitId?: string | null
  /** `workdays:3`; null: without a deadline. */
  dueClass: string | null
}

type System = Omit<Moving, 'by'> & { by: Moving['by'] | 'system' }

/**
 * Writes a task into a published book and issues it at once, in the transaction of a slice above. The caller has seen that
 * whoever acts may do so.
 * @returns its id
 * @throws DomainError conflict `book.nobody_checks`
 */
export async function issueTask(tx: Writer, task: TaskToIssue, moving: System): Promise<string> {
  const { supportingUnitIds = [], bookId, ...columns } = task
  const { by, at } = moving
  const id = newId()
  const [last] = await tx
    .select({ position: sql<number>`coalesce(max(${tasks.position}), 0)`.mapWith(Number) })
    .from(tasks)
    .where(eq(tasks.bookId, bookId))
  const position = (last?.position ?? 0) + 1
  const dueKind = task.dueClass === null ? ('none' as const) : ('dated' as const)
  const fixed = { id, bookId, position, dueKind, dueOrder: neverDue, createdAt: at }
  await tx.insert(tasks).values({ ...columns, ...fixed })
  const rows = [...new Set(supportingUnitIds)].map((unitId) => ({ id: newId(), taskId: id, unitId }))
  if (rows.length > 0) await tx.insert(taskUnits).values(rows)
  await record(tx, { action: 'task.written', subject: `task:${id}`, by, at })
  const full = await fullTasks(tx, eq(tasks.id, id))
  checkerOf(full[0]!)
  await issueTasks(tx, full, moving)
  return id
}

/** A book that is published from the start, for what a slice above issues one by one: the cases of a round. */
export async function openBook(
  tx: Writer,
  book: { kind: BookKind; title: string; issuerUnitId: string; checkUnitId?: string | null },
  { by, at }: Pick<System, 'by' | 'at'>,
): Promise<string> {
  const id = newId()
  const fixed = { id, searchTitle: searchNameOf(book.title), publishedAt: at, createdAt: at }
  await tx.insert(books).values({ ...book, ...fixed })
  await record(tx, { action: 'book.created', subject: `book:${id}`, by, at })
  await record(tx, { action: 'book.published', subject: `book:${id}`, by, at, details: { issued: 0 } })
  return id
}
