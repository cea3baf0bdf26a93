import { eq, inArray, sql } from 'drizzle-orm'
import { recordAll } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { editableBook } from '../books/editable-book.ts'
import { tasks } from '../schema.ts'
import { issueTasks, type Moving, makeMove } from '../tasks/make-move.ts'
import { neverDue } from '../tasks/never-due.ts'
import { fullTask, fullTasks } from '../tasks/task-queries.ts'

/**
 * 结转: makes one task of a year plan for each of these open tasks, of the same unit, and carries them into it. They keep their
 * state and figures, and are escalated no more; the task of the plan stays open as long as they are. One that was carried
 * already stays where it is.
 * @returns how many were carried
 * @throws DomainError `book.missing`, `access.out_of_reach`, `task.missing`; everything a move throws; conflict
 * `move.into_unfit`
 */
export async function carryOver(
  tx: Writer,
  { bookId, taskIds, dueOn, reason, ...moving }: Moving & CarryOver & { bookId: string },
): Promise<number> {
  const { by, at } = moving
  const { book } = await editableBook(tx, bookId, by)
  if (book.kind !== 'year_plan')
    throw new DomainError('conflict', 'move.into_unfit', 'A task is carried into a year plan.')
  const [last] = await tx
    .select({ position: sql<number>`coalesce(max(${tasks.position}), 0)`.mapWith(Number) })
    .from(tasks)
    .where(eq(tasks.bookId, bookId))
  let position = last?.position ?? 0
  const pairs: { taskId: string; intoId: string }[] = []
  for (const taskId of [...new Set(taskIds)]) {
    const { task } = await fullTask(tx, taskId, by)
    if (task.carriedIntoId) continue
    position += 1
    const intoId = newId()
    const { text, acceptance, unitId, bodyId, leaderPersonId, zoneId, target, measure } = task
    await tx.insert(tasks).values({
      ...{ text, acceptance, unitId, bodyId, leaderPersonId, zoneId, target, measure },
      ...{ id: intoId, bookId, kind: 'item', outline: `${position}`, position },
      ...{ dueKind: dueOn ? 'dated' : 'standing', dueOn, dueOrder: neverDue, createdAt: at },
    })
    pairs.push({ taskId, intoId })
  }
  const ids = pairs.map(({ intoId }) => intoId)
  await recordAll(
    tx,
    ids.map((id) => ({ action: 'task.written', subject: `task:${id}`, by, at })),
  )
  for (const { taskId, intoId } of pairs)
    await makeMove(tx, { ...moving, taskId, input: { id: newId(), kind: 'carry', reason, intoId } })
  if (book.publishedAt && ids.length > 0)
    await issueTasks(tx, await fullTasks(tx, inArray(tasks.id, ids)), moving)
  return pairs.length
}

export interface CarryOver {
  taskIds: readonly string[]
  dueOn?: string | null
  reason: string
}
