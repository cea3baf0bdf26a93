import { inArray } from 'drizzle-orm'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { updateVersioned } from '#platform/database/versioned.ts'
import { newId } from '#platform/ids.ts'
import { taskMoves, tasks } from '../schema.ts'
import type { moveFrom } from './move-rules.ts'
import { neverDue } from './never-due.ts'
import { foldMoves, stateOf } from './task-facts.ts'
import type { MoveRow, TaskRow } from './task-queries.ts'

type NewMove = ReturnType<typeof moveFrom> & {
  undoes: number | null
  reason: string | null
  operationId: string
  byUserId: string | null
  byUnitId: string | null
}

/** Adds moves, and makes the row their fold. Nothing else writes either. */
export async function append(
  tx: Writer,
  task: TaskRow,
  before: readonly MoveRow[],
  added: readonly NewMove[],
): Promise<void> {
  const moves = added.map((move, n) => ({ ...move, sequence: before.length + 1 + n }))
  const facts = foldMoves([...before, ...moves])
  const { attempts: attempt, cycle, reportedAt, asked } = facts
  const owingUnitId = facts.unitId ?? task.unitId
  const after = { attempt, cycle, reportedAt, asked, owingUnitId, state: stateOf(facts) }
  await tx
    .insert(taskMoves)
    .values(moves.map((move) => ({ ...move, ...after, id: newId(), taskId: task.id })))
  const dueOrder = facts.dueAt ?? neverDue
  await updateVersioned(tx, tasks, task.id, task.version, { ...facts, unitId: owingUnitId, dueOrder })
}

export async function movesSoFar(db: Reader, taskIds: readonly string[]): Promise<MoveRow[]> {
  const all: MoveRow[] = []
  await inChunks(taskIds, 500, async (ids) => {
    all.push(...(await db.select().from(taskMoves).where(inArray(taskMoves.taskId, ids))))
  })
  return all.sort((a, b) => a.sequence - b.sequence)
}
