import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import { notices, type PlaceBefore } from '../schema.ts'

/** Time and place of a participation's places before the last change that was told, by assignment. */
export async function placesBefore(db: Reader, participationId: string): Promise<Map<string, PlaceBefore>> {
  const rows = await db
    .select({ assignmentId: notices.assignmentId, before: notices.before })
    .from(notices)
    .where(
      and(
        eq(notices.participationId, participationId),
        eq(notices.kind, 'change'),
        isNull(notices.supersededAt),
      ),
    )
    .orderBy(desc(notices.id))
  return new Map(
    rows.flatMap(({ assignmentId, before }) =>
      assignmentId && before ? [[assignmentId, before] as const] : [],
    ),
  )
}
