import { and, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { tasks } from '../schema.ts'
import type { TaskState } from '../words.ts'

/** `stateOf` as SQL. */
export const stateInSql = sql<TaskState>`case
  when ${tasks.cancelledAt} is not null then 'cancelled'
  when ${tasks.closedAt} is not null then 'closed'
  when ${tasks.suspendedAt} is not null then 'suspended'
  when ${tasks.reportedAt} is not null then 'reported'
  when ${tasks.returnedAt} is not null then 'returned'
  when ${tasks.acceptedAt} is not null then 'accepted'
  when ${tasks.issuedAt} is not null then 'issued'
  else 'draft' end`

/** In these states a task waits for whoever owes it. */
export const workingStates: ReadonlySet<TaskState> = new Set(['issued', 'accepted'])

/** SQL condition: the deadline has come and no longer one is asked for. In a working state the task is overdue. */
export function isLateRow(at: DateTime): SQL {
  const { dueAt, asked } = tasks
  return and(lte(dueAt, at), or(isNull(asked), ne(asked, 'extension')))!
}

/** `isOverdue` as SQL. */
export function isOverdueRow(at: DateTime): SQL {
  const { closedAt, cancelledAt, suspendedAt, reportedAt, returnedAt } = tasks
  const working = [closedAt, cancelledAt, suspendedAt, reportedAt, returnedAt].map((column) => isNull(column))
  return and(...working, isLateRow(at))!
}
