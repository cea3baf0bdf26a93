import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { zones } from '#modules/grid/schema.ts'
import { minorsAmong, reachPerson, unitsWithin, withCurrentPeople } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { releasePictures } from '#platform/pictures/index.ts'
import { bodyRow } from '../bodies/body-queries.ts'
import { assertEditable, editableBook } from '../books/editable-book.ts'
import { pictureSubject } from '../evidence/task-pictures.ts'
import { tasks, taskUnits } from '../schema.ts'
import type { TaskChange, TaskCreation } from './contract.ts'
import { neverDue } from './never-due.ts'
import { type FullTask, fullTask } from './task-queries.ts'

interface Writing extends Doing {
  keys: KeyRing
  /** The day that decides whether a leader is of age. */
  today: string
}

/**
 * Writes a task into a book, as its last. It is owed to nobody before it is issued.
 * @throws DomainError `book.missing`, `book.closed`, `unit.missing`, `body.missing`, `zone.missing`, `person.missing`,
 * `task.missing`; invalid `task.due_unclear`, `task.after_other_book`; conflict `task.outline_taken`, `body.member_unfit`
 */
export async function createTask(
  tx: Writer,
  { bookId, input: stated, ...writing }: Writing & { bookId: string; input: TaskCreation },
): Promise<string> {
  const input = await withCurrentPeople(tx, stated, ['leaderPersonId'])
  const { by, at } = writing
  await editableBook(tx, bookId, by)
  const { supportingUnitIds = [], ...columns } = input
  assertDue(columns)
  await assertNamed(tx, { bookId, taskId: null, input, ...writing })
  const id = newId()
  const [last] = await tx
    .select({ position: sql<number>`coalesce(max(${tasks.position}), 0)`.mapWith(Number) })
    .from(tasks)
    .where(eq(tasks.bookId, bookId))
  const position = (last?.position ?? 0) + 1
  const added = await tx
    .insert(tasks)
    .values({ ...columns, id, bookId, position, dueOrder: neverDue, createdAt: at })
    .onConflictDoNothing()
    .returning({ id: tasks.id })
  if (added.length === 0) throw outlineTaken(input.outline)
  await replaceSupporting(tx, id, supportingUnitIds)
  await record(tx, { action: 'task.written', subject: `task:${id}`, by, at })
  return id
}

/**
 * Changes a task that was not issued yet; afterwards its moves say what became of it.
 * @throws DomainError as `createTask`; `version.stale`; conflict `move.not_now`
 */
export async function changeTask(
  tx: Writer,
  request: Writing & { taskId: string; version: number; input: TaskChange },
): Promise<void> {
  const { taskId, version, input: stated, ...writing } = request
  const input = await withCurrentPeople(tx, stated, ['leaderPersonId'])
  const { by, at } = writing
  const { task } = await draftTask(tx, taskId, by, version)
  const { supportingUnitIds, ...columns } = input
  assertDue({ ...task, ...columns })
  await assertNamed(tx, { bookId: task.bookId, taskId, input, ...writing })
  if (columns.outline !== undefined && columns.outline !== task.outline)
    await assertOutlineFree(tx, task.bookId, columns.outline)
  await updateVersioned(tx, tasks, taskId, version, columns)
  if (supportingUnitIds) await replaceSupporting(tx, taskId, supportingUnitIds)
  const details = { fields: Object.keys(input).sort() }
  await record(tx, { action: 'task.changed', subject: `task:${taskId}`, by, at, details })
}

/** Takes a task that was not issued yet out of its book. @throws DomainError as `changeTask` */
export async function deleteTask(
  tx: Writer,
  { taskId, version, by, at }: Doing & { taskId: string; version: number },
): Promise<void> {
  await draftTask(tx, taskId, by, version)
  await tx.update(tasks).set({ afterId: null }).where(eq(tasks.afterId, taskId))
  await tx.delete(taskUnits).where(eq(taskUnits.taskId, taskId))
  await releasePictures(tx, { subject: pictureSubject(taskId) })
  await tx.delete(tasks).where(eq(tasks.id, taskId))
  await record(tx, { action: 'task.deleted', subject: `task:${taskId}`, by, at })
}

async function draftTask(tx: Writer, taskId: string, by: Actor, version: number): Promise<FullTask> {
  const full = await fullTask(tx, taskId, by)
  assertVersion(full.task, version)
  assertEditable(full.book, full.issuer, by)
  if (full.task.issuedAt)
    throw new DomainError('conflict', 'move.not_now', 'The task was issued; it changes by moves only.', {
      kind: 'issue',
    })
  return full
}

/** A dated task has a limit or a day; the others have neither. */
function assertDue({ dueKind, dueClass = null, dueOn = null }: Partial<TaskCreation>): void {
  if ((dueKind === 'dated') !== ((dueClass === null) !== (dueOn === null)) || (dueClass && dueOn))
    throw new DomainError('invalid', 'task.due_unclear', 'Name a day or a limit, and only for a dated task.')
}

/** Everything a task names must be there and within reach. */
async function assertNamed(
  tx: Writer,
  request: Writing & { bookId: string; taskId: string | null; input: TaskChange },
): Promise<void> {
  const { bookId, taskId, input, keys, today, by } = request
  await assertUnits(tx, by, [...(input.supportingUnitIds ?? []), ...(input.unitId ? [input.unitId] : [])])
  if (input.bodyId) await bodyRow(tx, input.bodyId)
  if (input.zoneId) {
    const [zone] = await tx.select({ id: zones.id }).from(zones).where(eq(zones.id, input.zoneId))
    if (!zone) throw new DomainError('missing', 'zone.missing', 'There is no such zone.')
  }
  if (input.leaderPersonId) {
    const personId = input.leaderPersonId
    await reachPerson(tx, reachOf(by, 'persons.read'), personId)
    const minors = await minorsAmong(tx, keys, { personIds: [personId], day: today })
    if (minors.size > 0)
      throw new DomainError('conflict', 'body.member_unfit', 'Nobody under 18 answers for a task.')
  }
  if (input.afterId) await assertAfter(tx, { bookId, taskId, afterId: input.afterId })
}

export async function assertUnits(db: Reader, by: Actor, unitIds: readonly string[]): Promise<void> {
  if (unitIds.length === 0) return
  const asked = [...new Set(unitIds)]
  const found = await db
    .select({ id: units.id })
    .from(units)
    .where(and(inArray(units.id, asked), isNull(units.closedAt), unitsWithin(reachOf(by, 'books.edit'))))
  const there = new Set(found.map(({ id }) => id))
  const unitId = asked.find((id) => !there.has(id))
  if (unitId) throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
}

/** The task before it lies in the same book and does not wait for this one, directly or through others. */
async function assertAfter(
  db: Reader,
  { bookId, taskId, afterId }: { bookId: string; taskId: string | null; afterId: string },
): Promise<void> {
  const wrong = () =>
    new DomainError('invalid', 'task.after_other_book', 'A task waits for another task of the same book.')
  for (let id: string | null = afterId; id !== null; ) {
    if (id === taskId) throw wrong()
    const [row]: { bookId: string; afterId: string | null }[] = await db
      .select({ bookId: tasks.bookId, afterId: tasks.afterId })
      .from(tasks)
      .where(eq(tasks.id, id))
    if (!row || row.bookId !== bookId) throw wrong()
    id = row.afterId
  }
}

const outlineTaken = (outline: string) =>
  new DomainError('conflict', 'task.outline_taken', 'The book has a task with this number already.', {
    outline,
  })

async function assertOutlineFree(db: Reader, bookId: string, outline: string): Promise<void> {
  const [taken] = await db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.bookId, bookId), eq(tasks.outline, outline)))
  if (taken) throw outlineTaken(outline)
}

async function replaceSupporting(tx: Writer, taskId: string, unitIds: readonly string[]): Promise<void> {
  await tx.delete(taskUnits).where(eq(taskUnits.taskId, taskId))
  const rows = [...new Set(unitIds)].map((unitId) => ({ id: newId(), taskId, unitId }))
  if (rows.length > 0) await tx.insert(taskUnits).values(rows)
}
