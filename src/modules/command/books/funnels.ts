import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { reachOf } from '#platform/http/access.ts'
import type { Looking } from '../looking.ts'
import { tasksWithin } from '../reach.ts'
import { books, tasks } from '../schema.ts'
import { isLateRow, stateInSql, workingStates } from '../tasks/state-in-sql.ts'
import type { TaskState } from '../words.ts'
import type { Funnel } from './contract.ts'

export const noTasks: Funnel = {
  tasks: 0,
  draft: 0,
  issued: 0,
  accepted: 0,
  returned: 0,
  reported: 0,
  suspended: 0,
  closed: 0,
  cancelled: 0,
  overdue: 0,
}

/**
 * 漏斗: how many tasks stand where, by book, zone or whoever leads them, of those that the reader reaches. One statement.
 * @param key a column of `tasks`
 */
export async function countFunnels(
  db: Reader,
  key: AnyColumn,
  which: SQL,
  { reader, at }: Looking,
): Promise<Map<string, Funnel>> {
  const state = stateInSql.as('state')
  const of = sql<string>`${key}`.as('counted_by')
  const counted = await db
    .select({
      of,
      state,
      tasks: sql<number>`count(*)`.mapWith(Number),
      late: sql<number>`sum(case when ${isLateRow(at)} then 1 else 0 end)`.mapWith(Number),
    })
    .from(tasks)
    .innerJoin(books, eq(books.id, tasks.bookId))
    .where(and(which, tasksWithin(db, reachOf(reader, 'tasks.read'))))
    .groupBy(of, state)
  const funnels = new Map<string, Funnel>()
  for (const row of counted) {
    const funnel = funnels.get(row.of) ?? { ...noTasks }
    funnel.tasks += row.tasks
    if (workingStates.has(row.state)) funnel.overdue += row.late
    funnel[row.state as TaskState] += row.tasks
    funnels.set(row.of, funnel)
  }
  return funnels
}
