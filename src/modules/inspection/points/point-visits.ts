import { and, desc, eq, isNotNull, isNull, or } from 'drizzle-orm'
import type { Reader } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { rounds, visits } from '../schema.ts'
import { presentVisit } from '../visits/present.ts'
import { runs, selectVisits, visitsSeen } from '../visits/visit-queries.ts'
import { fullPoint } from './point-queries.ts'

/**
 * Who was at a point before, the latest first: visits that came home, on patrol or in a round that was shown. A round that is
 * not shown yet leaves no trace here, not even for whoever runs it, so that nobody looks at a sample by looking at a point.
 * @throws DomainError `point.missing`
 */
export async function listPointVisits(
  db: Reader,
  {
    pointId,
    cursor,
    limit = 50,
    reader,
  }: { pointId: string; cursor?: string; limit?: number; reader: Actor },
) {
  await fullPoint(db, pointId)
  const rows = await selectVisits(db)
    .where(
      and(
        eq(visits.pointId, pointId),
        isNotNull(visits.receivedAt),
        or(isNull(visits.roundId), isNotNull(rounds.revealedAt)),
        visitsSeen(db, reader),
        after([visits.receivedAt, visits.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(visits.receivedAt), desc(visits.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ visit }) => [visit.receivedAt!, visit.id])
  return { ...page, items: page.items.map((full) => presentVisit(full, runs(reader, full))) }
}
