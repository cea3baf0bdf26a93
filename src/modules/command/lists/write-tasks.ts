/** Writes the tasks of a list into their books as drafts, and takes them back. */
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Piece, Undoing, Writing } from '#modules/imports/index.ts'
import { searchNameOf } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import { insertAll } from '#platform/database/insert-all.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { booksIssuedWithin } from '../reach.ts'
import { books, tasks, taskUnits } from '../schema.ts'
import { neverDue } from '../tasks/never-due.ts'
import type { PlannedBook, PlannedTask } from './judge-tasks.ts'

/** What the row of a task was before it changed. */
interface Former {
  id: string
  /** After the change. */
  version: number
  columns: Pick<PlannedTask, 'text' | 'acceptance' | 'dueKind' | 'dueClass' | 'dueOn'> & {
    unitId: string
    bodyId: string | null
  }
  supporting: string[]
}

/** What a commit wrote into one book. */
interface Written {
  bookId: string
  /** The book was begun by this list. */
  begun: boolean
  added: string[]
  changed: Former[]
}

export async function writeTasks(
  tx: Writer,
  plan: readonly PlannedBook[],
  writing: Writing,
): Promise<readonly Piece[]> {
  const pieces: Written[] = []
  for (const planned of plan) {
    const written: Written = { ...(await bookFor(tx, planned, writing)), added: [], changed: [] }
    const fresh = planned.tasks.filter(({ id }) => id === undefined)
    written.added = await addTasks(tx, written.bookId, fresh, writing)
    for (const task of planned.tasks)
      if (task.id !== undefined) written.changed.push(await changeTask(tx, { ...task, id: task.id }, writing))
    pieces.push(written)
  }
  return pieces
}

async function bookFor(
  tx: Writer,
  { id, title, kind, issuer }: PlannedBook,
  writing: Writing,
): Promise<Pick<Written, 'bookId' | 'begun'>> {
  if (id !== undefined) return { bookId: id, begun: false }
  const bookId = newId()
  const { at, by } = writing
  await tx.insert(books).values({
    id: bookId,
    kind,
    title,
    searchTitle: searchNameOf(title),
    issuerUnitId: writing.idOf(issuer),
    createdAt: at,
  })
  await record(tx, { action: 'book.created', subject: `book:${bookId}`, by: { userId: by }, at })
  return { bookId, begun: true }
}

async function addTasks(
  tx: Writer,
  bookId: string,
  planned: readonly PlannedTask[],
  writing: Writing,
): Promise<string[]> {
  const { at, by } = writing
  const [last] = await tx
    .select({ position: sql<number>`coalesce(max(${tasks.position}), 0)`.mapWith(Number) })
    .from(tasks)
    .where(eq(tasks.bookId, bookId))
  const added: string[] = []
  await inChunks(planned, 200, async (some) => {
    const rows = some.map(({ id: _, unit, supporting: __, ...columns }, n) => ({
      ...columns,
      id: newId(),
      bookId,
      kind: 'item' as const,
      position: (last?.position ?? 0) + added.length + n + 1,
      unitId: writing.idOf(unit),
      dueOrder: neverDue,
      createdAt: at,
    }))
    await insertAll(tx, tasks, rows)
    const supporting = some.flatMap((task, n) =>
      task.supporting.map((ref) => ({ id: newId(), taskId: rows[n]!.id, unitId: writing.idOf(ref) })),
    )
    if (supporting.length > 0) await insertAll(tx, taskUnits, supporting)
    added.push(...rows.map(({ id }) => id))
  })
  for (const id of added)
    await record(tx, { action: 'task.written', subject: `task:${id}`, by: { userId: by }, at })
  return added
}

async function changeTask(
  tx: Writer,
  { id, unit, supporting, outline: _, ...columns }: PlannedTask & { id: string },
  writing: Writing,
): Promise<Former> {
  const { at, by } = writing
  const [row] = await tx.select().from(tasks).where(eq(tasks.id, id))
  if (!row) throw new Error('a task of the plan is gone')
  const before = await supportingOf(tx, id)
  const unitId = writing.idOf(unit)
  await tx
    .update(tasks)
    .set({ ...columns, unitId, version: row.version + 1 })
    .where(eq(tasks.id, id))
  await replaceSupporting(
    tx,
    id,
    supporting.map((ref) => writing.idOf(ref)),
  )
  await record(tx, { action: 'task.changed', subject: `task:${id}`, by: { userId: by }, at })
  const { text, acceptance, dueKind, dueClass, dueOn, bodyId } = row
  const former = { text, acceptance, dueKind, dueClass, dueOn, bodyId, unitId: row.unitId }
  return { id, version: row.version + 1, columns: former, supporting: before }
}

async function supportingOf(db: Reader, taskId: string): Promise<string[]> {
  const rows = await db.select().from(taskUnits).where(eq(taskUnits.taskId, taskId)).orderBy(taskUnits.id)
  return rows.map(({ unitId }) => unitId)
}

async function replaceSupporting(tx: Writer, taskId: string, unitIds: readonly string[]): Promise<void> {
  await tx.delete(taskUnits).where(eq(taskUnits.taskId, taskId))
  if (unitIds.length > 0)
    await tx.insert(taskUnits).values(unitIds.map((unitId) => ({ id: newId(), taskId, unitId })))
}

/** @throws DomainError forbidden `changes.out_of_reach` when the book is now out of the reach of who undoes */
export async function assertTasksWithin(tx: Writer, piece: Piece, reach: Reach): Promise<void> {
  const { bookId } = piece as Written
  const [found] = await tx
    .select({ id: books.id })
    .from(books)
    .where(and(eq(books.id, bookId), booksIssuedWithin(tx, reach)))
  if (!found)
    throw new DomainError('forbidden', 'changes.out_of_reach', 'The book is out of your reach now.', {
      bookId,
    })
}

/** @throws DomainError conflict `changes.edited_since`, `changes.in_use` */
export async function undoTasks(tx: Writer, piece: Piece, _: Undoing): Promise<void> {
  const { bookId, begun, added, changed } = piece as Written
  await inChunks(added, 200, async (ids) => {
    const there = await tx
      .select({ version: tasks.version, issuedAt: tasks.issuedAt })
      .from(tasks)
      .where(inArray(tasks.id, [...ids]))
    if (there.some(({ issuedAt }) => issuedAt !== null)) throw inUse(bookId)
    if (there.length < ids.length || there.some(({ version }) => version !== 1)) throw editedSince(bookId)
    const [after] = await tx
      .select({ id: tasks.id })
      .from(tasks)
      .where(and(inArray(tasks.afterId, [...ids]), sql`${tasks.id} not in ${[...ids]}`))
      .limit(1)
    if (after) throw inUse(bookId)
    await tx.delete(taskUnits).where(inArray(taskUnits.taskId, [...ids]))
    await tx.delete(tasks).where(inArray(tasks.id, [...ids]))
  })
  for (const { id, version, columns, supporting } of changed) {
    const back = await tx
      .update(tasks)
      .set({ ...columns, version: version + 1 })
      .where(and(eq(tasks.id, id), eq(tasks.version, version), isNull(tasks.issuedAt)))
      .returning({ id: tasks.id })
    if (back.length === 0) throw editedSince(bookId)
    await replaceSupporting(tx, id, supporting)
  }
  if (begun) await removeBook(tx, bookId)
}

async function removeBook(tx: Writer, bookId: string): Promise<void> {
  if ((await tx.$count(tasks, eq(tasks.bookId, bookId))) > 0) throw inUse(bookId)
  const removed = await tx
    .delete(books)
    .where(and(eq(books.id, bookId), eq(books.version, 1)))
    .returning({ id: books.id })
  if (removed.length === 0) throw editedSince(bookId)
}

const inUse = (bookId: string) =>
  new DomainError('conflict', 'changes.in_use', 'Tasks of the list were issued or built upon.', { bookId })
const editedSince = (bookId: string) =>
  new DomainError('conflict', 'changes.edited_since', 'The book or a task was edited since.', { bookId })
