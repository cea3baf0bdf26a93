import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { observations, standards } from '../schema.ts'
import type { ObservationAnswer } from '../words.ts'
import { answerOfCount, worthOf, worthOfCount } from './scoring-rules.ts'

/**
 * Puts another answer in the place of an observation. What was seen first stays, superseded. Whoever calls has seen that the
 * answer fits the standard.
 * @returns how many more are 未见 than before (-1, 0 or 1), and whether it still is not fully met
 */
export async function correctObservation(
  tx: Writer,
  wish: { observationId: string; answer: ObservationAnswer; count: number | null; at: DateTime },
): Promise<{ unseen: number; fails: boolean }> {
  const { observationId, at } = wish
  const [found] = await tx
    .select({ old: observations, thresholds: standards.thresholds })
    .from(observations)
    .innerJoin(standards, eq(standards.id, observations.standardId))
    .where(eq(observations.id, observationId))
  const { old, thresholds } = found!
  const { count } = wish
  const score = count === null ? worthOf(wish.answer) : worthOfCount(count, thresholds ?? [])
  const answer = count === null || score === null ? wish.answer : answerOfCount(score)
  const id = newId()
  // Of two live ones of a sequence the second is refused, and none is superseded by one that is not there yet: it comes in
  // under a number that nobody uses, and takes its place when the old one has left it.
  await tx.insert(observations).values({
    ...old,
    ...{ id, answer, count, score, createdAt: at },
    sequence: -old.sequence,
    caseId: null,
  })
  await tx.update(observations).set({ supersededById: id }).where(eq(observations.id, observationId))
  await tx.update(observations).set({ sequence: old.sequence }).where(eq(observations.id, id))
  const unseen = Number(answer === 'not_seen') - Number(old.answer === 'not_seen')
  return { unseen, fails: score !== null && score < 1 }
}
