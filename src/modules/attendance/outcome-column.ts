import { type SQL, sql } from 'drizzle-orm'
import { assignments } from '#modules/mobilization/schema.ts'
import { attendances } from './schema.ts'
import type { Outcome } from './words.ts'

/** `outcomeOf` as a SQL column, for a select from assignments left-joined with attendances. */
export const outcomeColumn: SQL<Outcome> = sql<Outcome>`case
  when ${attendances.checkInAt} is not null then 'arrived'
  when ${assignments.cancelledAt} is not null then 'cancelled'
  when ${assignments.excusedAt} is not null then 'excused'
  when ${assignments.answer} is null then 'unanswered'
  when ${assignments.answer} = 'accepted' then 'absent'
  else 'declined' end`
