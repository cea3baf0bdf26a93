import { and, isNotNull, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
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

/** `isOverdue` as SQL. */
export function isOverdueRow(at: DateTime): SQL {
  const { closedAt, cancelledAt, suspendedAt, reportedAt, returnedAt, dueAt, asked } = tasks
  const working = [closedAt, cancelledAt, suspendedAt, reportedAt, returnedAt].map((column) => isNull(column))
  return and(...working, isNotNull(dueAt), lte(dueAt, at), or(isNull(asked), ne(asked, 'extension')))!
}
