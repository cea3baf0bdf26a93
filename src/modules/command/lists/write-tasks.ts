/** Writes the tasks of a list into their books as drafts, and takes them back. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import {
  ChangedMeanwhile,
  type Piece,
  parts,
  type Slice,
  type Undoing,
  type Writing,
} from '#modules/imports/index.ts'
import { searchNameOf } from '#modules/organisation/index.ts'
import { record, recordAll } from '#platform/audit/index.ts'
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

/** Begins the books of a plan, then writes their tasks, a hundred at a time. */
export function* taskSlices(plan: readonly PlannedBook[], writing: Writing): Iterable<Slice> {
  for (const planned of plan) {
    const bookId = planned.id ?? newId()
    if (planned.id === undefined)
      yield async (tx) => {
        await beginBook(tx, bookId, planned, writing)
        return [{ bookId, begun: true, added: [], changed: [] } satisfies Written]
      }
    const fresh = planned.tasks.filter(({ id }) => id === undefined)
    for (const some of parts(fresh))
      yield async (tx) => {
        const added = await addTasks(tx, bookId, some, writing)
        return [{ bookId, begun: false, added, changed: [] } satisfies Written]
      }
    const known = planned.tasks.filter(({ id }) => id !== undefined)
    for (const some of parts(known))
      yield async (tx) => {
        const changed: Former[] = []
        for (const task of some) changed.push(await changeTask(tx, task, writing))
        return [{ bookId, begun: false, added: [], changed } satisfies Written]
      }
  }
}

async function beginBook(tx: Writer, bookId: string, planned: PlannedBook, writing: Writing): Promise<void> {
  const { title, kind, issuer } = planned
  const { at, by } = writing
  const [issuerUnitId, searchTitle] = [writing.idOf(issuer), searchNameOf(title)]
  const same = and(eq(books.issuerUnitId, issuerUnitId), eq(books.searchTitle, searchTitle))
  if ((await tx.$count(books, same)) > 0) throw new ChangedMeanwhile('somebody began the book')
  await tx.insert(books).values({ id: bookId, kind, title, searchTitle, issuerUnitId, createdAt: at })
  await record(tx, { action: 'book.created', subject: `book:${bookId}`, by: { userId: by }, at })
}

async function addTasks(
  tx: Writer,
  bookId: string,
  planned: readonly PlannedTask[],
  writing: Writing,
): Promise<string[]> {
  const { at, by } = writing
  const outlines = planned.map(({ outline }) => outline)
  const taken = and(eq(tasks.bookId, bookId), inArray(tasks.outline, outlines))
  const [book] = await tx.select({ closedAt: books.closedAt }).from(books).where(eq(books.id, bookId))
  if (!book || book.closedAt || (await tx.$count(tasks, taken)) > 0)
    throw new ChangedMeanwhile('somebody wrote into the book')
  const [last] = await tx
    .select({ position: sql<number>`coalesce(max(${tasks.position}), 0)`.mapWith(Number) })
    .from(tasks)
    .where(eq(tasks.bookId, bookId))
  const rows = planned.map(({ id: _, version: __, unit, supporting: ___, ...columns }, n) => ({
    ...columns,
    id: newId(),
    bookId,
    kind: 'item' as const,
    position: (last?.position ?? 0) + n + 1,
    unitId: writing.idOf(unit),
    dueOrder: neverDue,
    createdAt: at,
  }))
  await insertAll(tx, tasks, rows)
  const supporting = planned.flatMap((task, n) =>
    task.supporting.map((ref) => ({ id: newId(), taskId: rows[n]!.id, unitId: writing.idOf(ref) })),
  )
  if (supporting.length > 0) await insertAll(tx, taskUnits, supporting)
  const fact = { action: 'task.written', by: { userId: by }, at } as const
  await recordAll(
    tx,
    rows.map(({ id }) => ({ ...fact, subject: `task:${id}` })),
  )
  return rows.map(({ id }) => id)
}

async function changeTask(
  tx: Writer,
  { id = '', version, unit, supporting, outline: _, ...columns }: PlannedTask,
  writing: Writing,
): Promise<Former> {
  const { at, by } = writing
  const [row] = await tx.select().from(tasks).where(eq(tasks.id, id))
  if (!row || row.version !== version) throw new ChangedMeanwhile('somebody changed a task')
  const before = await supportingOf(tx, id)
  const unitId = writing.idOf(unit)
  await tx
    .update(tasks)
    .set({ ...columns, unitId, version: row.version + 1 })
    .where(eq(tasks.id, id))
  const meant = supporting.map((ref) => writing.idOf(ref))
  await replaceSupporting(tx, id, meant)
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
  // Whatever became of a task since, that it was issued above all, changed its version.
  for (const { id, version, columns, supporting } of changed) {
    const back = await tx
      .update(tasks)
      .set({ ...columns, version: version + 1 })
      .where(and(eq(tasks.id, id), eq(tasks.version, version)))
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
