import { and, asc, eq, isNull } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { Database } from '#platform/database/port.ts'
import type { Doing } from '#platform/http/access.ts'
import { inspectionErrors } from '../refusals/words.ts'
import { visits } from '../schema.ts'
import { whyNot } from './assign-visits.ts'
import { inspectorOf } from './inspectors.ts'
import { ownRound } from './round-queries.ts'
import { notDrawn } from './save-round.ts'

/**
 * To which visits of a round somebody may not be sent, and why: asked before they are, so that a list is not refused as a
 * whole for one point on it. It says something of the sample, so until the round is shown it is recorded as a look at it.
 * @throws DomainError `round.missing`, `access.out_of_reach`; conflict `round.not_drawn`
 */
export async function checkInspector(
  db: Database,
  asked: Doing & { roundId: string; userId: string; timeZone: string; language: 'zh' | 'en' },
) {
  const { roundId, userId, timeZone, language, by, at } = asked
  const { round } = await ownRound(db.read, roundId, by)
  if (!round.drawnAt) throw notDrawn()
  if (!round.revealedAt)
    await db.transaction((tx) =>
      record(tx, { action: 'round.sample_seen', subject: `round:${roundId}`, by, at }),
    )
  const open = await db.read
    .select()
    .from(visits)
    .where(and(eq(visits.roundId, roundId), isNull(visits.receivedAt)))
    .orderBy(asc(visits.id))
  const inspector = await inspectorOf(db.read, userId)
  const as = { own: round.kind === 'self_test', today: { at, timeZone } }
  const barred = []
  for (const visit of open) {
    const because = await whyNot(db.read, visit, userId, inspector, as)
    if (because) barred.push({ visitId: visit.id, because, text: inspectionErrors[because]![language] })
  }
  return { userId, barred }
}
