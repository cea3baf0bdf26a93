import { and, asc, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import { pages } from '#platform/database/pages.ts'
import type { Reader } from '#platform/database/port.ts'
import { allotments, assignments } from '../schema.ts'
import type { ProposedAllotment, ProposedAssignment } from './proposal-rules.ts'

/** What applied proposals hold in an event now: what applying another one may take back, and undoing it brings back. */
export async function placedByPlans(
  db: Reader,
  eventId: string,
): Promise<{ assignments: ProposedAssignment[]; allotments: ProposedAllotment[] }> {
  const { id, personId, teamId, shiftId } = assignments
  const after = (last: { id: string } | undefined, size: number) =>
    db
      .select({ id, personId, teamId, shiftId })
      .from(assignments)
      .where(
        and(
          eq(assignments.eventId, eventId),
          gt(id, last?.id ?? ''),
          eq(assignments.origin, 'plan'),
          isNotNull(teamId),
          isNull(assignments.freedAt),
        ),
      )
      .orderBy(asc(id))
      .limit(size)
  const placed: ProposedAssignment[] = []
  for await (const rows of pages(after, 1000))
    for (const row of rows)
      if (row.teamId) placed.push({ personId: row.personId, teamId: row.teamId, shiftId: row.shiftId })
  const heads = await db
    .select({
      teamId: allotments.teamId,
      shiftId: allotments.shiftId,
      heads: allotments.heads,
      minors: allotments.minors,
    })
    .from(allotments)
    .where(and(eq(allotments.eventId, eventId), eq(allotments.origin, 'plan')))
    .orderBy(asc(allotments.id))
  return { assignments: placed, allotments: heads }
}
