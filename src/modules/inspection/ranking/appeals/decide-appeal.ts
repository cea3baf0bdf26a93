import { and, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import { isHumanAmong } from '#modules/accounts/index.ts'
import { annulTask, fullTasks, makeMove, type OfficeTime } from '#modules/command/index.ts'
import { tasks } from '#modules/command/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { tellDecided } from '../../messages/tell.ts'
import { appeals, cases, observations, rankings, standards, visits, visitUploads } from '../../schema.ts'
import { correctObservation } from '../../scoring/correct-observation.ts'
import { rescoreVisit } from '../../scoring/rescore-visit.ts'
import { appealOutcomes, type ObservationAnswer } from '../../words.ts'
import { draftSoon } from '../create-ranking.ts'
import { editableRanking } from '../ranking-queries.ts'
import type { AppealRow } from '../tables.ts'
import type { AppealDecision } from './contract.ts'
import { wouldChange } from './correction-rules.ts'

/**
 * Decides on an appeal: its task is signed off either way. If it is granted, the observation is corrected, that visit alone is
 * scored anew, a case that came of the observation is annulled, and every draft that counts the visit is computed again.
 * Deciding the same again changes nothing.
 * @throws DomainError `appeal.missing`, `ranking.missing`; invalid `appeal.unfit`; forbidden `appeal.own_visit`, `move.not_yours`, `move.same_line`,
 * `move.own_work`, `move.own_finding`; conflict `appeal.decided`, `ranking.final`, `move.unit_needed`
 */
export async function decideAppeal(
  tx: Writer,
  request: Doing & { appealId: string; decision: AppealDecision; office: OfficeTime },
): Promise<void> {
  const { appealId, decision, office, by, at } = request
  const { outcome, reason } = decision
  const [appeal] = await tx.select().from(appeals).where(eq(appeals.id, appealId))
  if (!appeal) throw new DomainError('missing', 'appeal.missing', 'There is no such appeal.', { appealId })
  const ranking = await editableRanking(tx, appeal.rankingId, by)
  if (appeal.outcome === outcome) return
  if (appeal.outcome) throw new DomainError('conflict', 'appeal.decided', 'It was decided already.')
  if (ranking.finalAt) throw new DomainError('conflict', 'ranking.final', 'The ranking is final.')
  await assertNotInvolved(tx, appeal, by.userId)
  const standing = await correctionOf(tx, appeal, decision)
  const pass = {
    id: `decision:${appealId}`,
    kind: 'pass' as const,
    reason: `${appealOutcomes[outcome].zh}：${reason}`,
  }
  await makeMove(tx, { taskId: appeal.taskId, input: pass, office, by, at, decided: true })
  await tx
    .update(appeals)
    .set({ outcome, decidedAt: at, version: appeal.version + 1 })
    .where(eq(appeals.id, appealId))
  await record(tx, { action: 'appeal.decided', subject: `appeal:${appealId}`, by, at, details: { outcome } })
  await tellDecided(tx, appeal, at)
  if (outcome === 'granted') await grant(tx, { ...appeal, ...standing }, request)
}

/**
 * What stands there from now on: what the unit asked for, or what the office found instead.
 * @throws DomainError invalid `appeal.unfit`
 */
async function correctionOf(
  db: Reader,
  { observationId, answer, count }: AppealRow,
  decision: AppealDecision,
): Promise<{ answer: ObservationAnswer; count: number | null }> {
  if (decision.answer === undefined && decision.count === undefined) return { answer, count }
  const [found] = await db
    .select({
      answer: observations.answer,
      count: observations.count,
      kind: standards.answer,
      mayNotApply: standards.mayNotApply,
    })
    .from(observations)
    .innerJoin(standards, eq(standards.id, observations.standardId))
    .where(eq(observations.id, observationId))
  const wish = { answer: decision.answer ?? answer, count: decision.count ?? null }
  if (decision.outcome === 'refused' || !wouldChange(found!, wish))
    throw new DomainError('invalid', 'appeal.unfit', 'The observation does not admit this answer.')
  return wish
}

/** Somebody who neither made the visit nor sent it decides. */
async function assertNotInvolved(db: Reader, { visitId }: AppealRow, userId: string): Promise<void> {
  const [visit] = await db
    .select({ userId: visits.inspectorUserId })
    .from(visits)
    .where(eq(visits.id, visitId))
  const sent = await db
    .select({ userId: visitUploads.userId })
    .from(visitUploads)
    .where(eq(visitUploads.visitId, visitId))
  const involved = [...sent, ...(visit ? [visit] : [])].map((one) => one.userId)
  if (await isHumanAmong(db, userId, involved))
    throw new DomainError('forbidden', 'appeal.own_visit', 'Whoever made or recorded it does not decide.')
}

async function grant(
  tx: Writer,
  appeal: AppealRow,
  { decision, office, by, at }: Doing & { decision: AppealDecision; office: OfficeTime },
): Promise<void> {
  const { visitId, observationId, answer, count } = appeal
  const { unseen, fails } = await correctObservation(tx, { observationId, answer, count, at })
  const visit = await rescoreVisit(tx, { visitId, unseen, at })
  if (!fails) await annulCases(tx, observationId, { reason: decision.reason, office, by, at })
  await draftAgain(tx, visit.roundId, at)
}

/**
 * What a standard failed by on a visit is one case, whatever number of observations failed, and another visit may have found it,
 * too: it is annulled once none of them fails any more.
 */
async function annulCases(
  tx: Writer,
  observationId: string,
  moving: Doing & { reason: string; office: OfficeTime },
): Promise<void> {
  const [seen] = await tx.select().from(observations).where(eq(observations.id, observationId))
  const these = tx.select({ id: observations.id }).from(observations).where(togetherWith(seen!))
  const named = tx.select({ caseId: observations.caseId }).from(observations).where(togetherWith(seen!))
  const raised = await tx
    .select({ id: cases.id, taskId: cases.taskId })
    .from(cases)
    .where(or(inArray(cases.observationId, these), inArray(cases.id, named)))
  for (const { id, taskId } of raised) {
    if (await stands(tx, id, seen!)) continue
    const [full] = taskId ? await fullTasks(tx, eq(tasks.id, taskId)) : []
    if (full) await annulTask(tx, full, moving)
  }
}

type Seen = Pick<typeof observations.$inferSelect, 'visitId' | 'standardId'>

/** What was seen of one standard on one visit: what stands, and what an appeal has put another answer in the place of. */
const togetherWith = ({ visitId, standardId }: Seen) =>
  and(eq(observations.visitId, visitId), eq(observations.standardId, standardId))

/** Whether anything fails still that a case came of, on whichever visit. */
async function stands(tx: Writer, caseId: string, seen: Seen): Promise<boolean> {
  const found = await tx
    .selectDistinct({ visitId: observations.visitId, standardId: observations.standardId })
    .from(observations)
    .where(eq(observations.caseId, caseId))
  const failing = and(isNull(observations.supersededById), lt(observations.score, 1))
  const together = or(...[seen, ...found].map(togetherWith))
  return (await tx.$count(observations, and(together, failing))) > 0
}

/** Every draft that counts the round; what is final stays as it was told. */
async function draftAgain(tx: Writer, roundId: string | null, at: Doing['at']): Promise<void> {
  const open = await tx
    .select({ id: rankings.id, roundIds: rankings.roundIds, version: rankings.version })
    .from(rankings)
    .where(and(isNull(rankings.finalAt)))
  for (const { id, roundIds, version } of open) {
    if (roundId === null || !roundIds.includes(roundId)) continue
    await tx
      .update(rankings)
      .set({ outdatedAt: at, version: version + 1 })
      .where(eq(rankings.id, id))
    await draftSoon(tx, id)
  }
}
