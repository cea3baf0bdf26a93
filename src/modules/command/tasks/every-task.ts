import { everyPage } from '#modules/organisation/index.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Looking } from '../looking.ts'
import type { TaskView } from './contract.ts'
import { showTasks } from './show-tasks.ts'
import { listTasks } from './task-queries.ts'

/** Every task of a book within reach, in the order of the book, read in pages. */
export function everyTaskOf(db: Reader, bookId: string, looking: Looking): Promise<TaskView[]> {
  return everyPage(async (page) => {
    const { items, nextCursor } = await listTasks(db, { bookId, ...page }, looking)
    return { items: await showTasks(db, items, looking), nextCursor }
  })
}
