import { eq, or, type SQL } from 'drizzle-orm'
import { tasksWithin } from '#modules/command/index.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { cases } from '../schema.ts'

/**
 * SQL condition: a case is seen by whoever sees its task, by whoever reaches the unit that issued its book, and by whoever
 * found it.
 */
export function casesSeen(db: Reader, reader: Actor): SQL | undefined {
  const reach = reachOf(reader, 'cases.read')
  if (reach.everything) return undefined
  return or(tasksWithin(db, reach), eq(cases.foundByUserId, reader.userId))
}
