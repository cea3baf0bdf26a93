import { namesShown } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Looking } from '../looking.ts'
import { presentTask, presentWholeTask } from './present.ts'
import { type FullTask, fullTask, movesOf } from './task-queries.ts'

/** Tasks as the reader sees them. */
export async function showTasks(db: Reader, found: readonly FullTask[], looking: Looking) {
  const leaders = found.map(({ leader }) => leader?.id ?? null)
  const nameOf = await namesShown(db, looking.reader, leaders)
  return found.map((full) => presentTask(full, { ...looking, nameOf }))
}

/** One task with its moves. @throws DomainError `task.missing` */
export async function showTask(db: Reader, taskId: string, looking: Looking) {
  const full = await fullTask(db, taskId, looking.reader)
  const nameOf = await namesShown(db, looking.reader, [full.leader?.id ?? null])
  return presentWholeTask(full, await movesOf(db, taskId), { ...looking, nameOf })
}
