import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { observations, standards, visits } from '../schema.ts'
import { pairsOf } from './scoring-rules.ts'

/**
 * Scores one visit anew from the observations that stand now. No other visit is touched.
 * @param unseen how many more observations are 未见 than before; what was never answered stays counted
 */
export async function rescoreVisit(
  tx: Writer,
  { visitId, unseen, at }: { visitId: string; unseen: number; at: DateTime },
) {
  const seen = await tx
    .select({
      standardId: observations.standardId,
      weight: standards.weight,
      x: observations.score,
      answer: observations.answer,
    })
    .from(observations)
    .innerJoin(standards, eq(standards.id, observations.standardId))
    .where(and(eq(observations.visitId, visitId), isNull(observations.supersededById)))
    .orderBy(observations.standardId, observations.sequence)
  const valid = seen.filter(({ x }) => x !== null).length
  const { balanced, pooled } = pairsOf(seen)
  const earned = {
    ...{ balancedEarned: balanced.earned, balancedPossible: balanced.possible },
    ...{ pooledEarned: pooled.earned, pooledPossible: pooled.possible },
  }
  const nothing = { balancedEarned: null, balancedPossible: null, pooledEarned: null, pooledPossible: null }
  const [row] = await tx.select().from(visits).where(eq(visits.id, visitId))
  const [changed] = await tx
    .update(visits)
    .set({
      ...(valid > 0 ? earned : nothing),
      valid,
      notApplicable: seen.filter(({ answer }) => answer === 'not_applicable').length,
      unseen: (row!.unseen ?? 0) + unseen,
      rescoredAt: at,
      version: row!.version + 1,
    })
    .where(eq(visits.id, visitId))
    .returning()
  return changed!
}
