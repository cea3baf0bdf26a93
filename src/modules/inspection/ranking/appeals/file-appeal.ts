import { and, eq, isNull, ne, or } from 'drizzle-orm'
import { issueTask, makeMove, type OfficeTime, openBook } from '#modules/command/index.ts'
import { assertUnitWithin } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { appeals, observations, points, rankings, standards, visits } from '../../schema.ts'
import { observationAnswers } from '../../words.ts'
import { countedOf } from '../counted-visits.ts'
import { visitsWithin } from '../ranked-visits.ts'
import { rankingRow } from '../ranking-queries.ts'
import type { RankingRow } from '../tables.ts'
import type { AppealCreation } from './contract.ts'
import { wouldChange } from './correction-rules.ts'

/** How long the office has to decide. */
const dueClass = 'workdays:3'

/**
 * A unit appeals against one observation of a draft. It becomes a task of its own, reported at once, which somebody signs off
 * who neither made the visit nor recorded it.
 * @returns its id
 * @throws DomainError `ranking.missing`, `unit.missing`; invalid `appeal.unfit`; conflict `ranking.final`, `ranking.not_ready`,
 * `appeal.too_late`, `appeal.made`, `book.nobody_checks`
 */
export async function fileAppeal(
  tx: Writer,
  request: Doing & { rankingId: string; input: AppealCreation; office: OfficeTime },
): Promise<string> {
  const { rankingId, input, office, by, at } = request
  const { row } = await rankingRow(tx, rankingId, by)
  await assertUnitWithin(tx, reachOf(by, 'tasks.report'), input.unitId)
  if (row.finalAt) throw new DomainError('conflict', 'ranking.final', 'The ranking is final.')
  if (!row.appealableUntil) throw new DomainError('conflict', 'ranking.not_ready', 'There is no draft yet.')
  if (at >= row.appealableUntil)
    throw new DomainError('conflict', 'appeal.too_late', 'The time for appeals is over.')
  const found = await appealable(tx, row, request)
  const id = newId()
  const bookId = row.appealsBookId ?? (await beginBook(tx, row, request))
  const number = (await tx.$count(appeals, eq(appeals.rankingId, rankingId))) + 1
  const taskId = await issueTask(
    tx,
    {
      ...{ bookId, kind: 'appeal', outline: String(number), dueClass, unitId: input.unitId },
      text: textOf(found, input),
      subject: `appeal:${id}`,
      foundByUserId: found.inspectorUserId,
    },
    { office, by, at },
  )
  const { observationId, answer, count = null } = input
  await tx.insert(appeals).values({
    ...{ id, rankingId, taskId, observationId, answer, count },
    visitId: found.visitId,
    createdAt: at,
  })
  const report = { id: `appeal:${id}`, kind: 'report' as const, reason: input.reason }
  await makeMove(tx, { taskId, input: report, office, by, at, decided: true })
  await record(tx, { action: 'appeal.filed', subject: `appeal:${id}`, by, at, details: { rankingId } })
  return id
}

/** The observation, if it counts in this ranking, lies within reach, stands, and would change. */
async function appealable(
  db: Reader,
  row: RankingRow,
  { input, by }: { input: AppealCreation; by: Doing['by'] },
) {
  const [found] = await db
    .select({
      visitId: visits.id,
      inspectorUserId: visits.inspectorUserId,
      supersededById: observations.supersededById,
      answer: observations.answer,
      count: observations.count,
      kind: standards.answer,
      mayNotApply: standards.mayNotApply,
      text: standards.text,
      point: points.name,
    })
    .from(observations)
    .innerJoin(visits, eq(visits.id, observations.visitId))
    .innerJoin(standards, eq(standards.id, observations.standardId))
    .leftJoin(points, eq(points.id, visits.pointId))
    .where(
      and(
        eq(observations.id, input.observationId),
        countedOf(row.roundIds),
        visitsWithin(db, reachOf(by, 'tasks.report')),
      ),
    )
  // Of what is out of reach it is not said that another unit has appealed against it.
  if (!found) throw unfit()
  const made = await db
    .select({ id: appeals.id })
    .from(appeals)
    .where(
      and(
        eq(appeals.rankingId, row.id),
        eq(appeals.observationId, input.observationId),
        or(isNull(appeals.outcome), ne(appeals.outcome, 'withdrawn')),
      ),
    )
  if (made.length > 0) throw new DomainError('conflict', 'appeal.made', 'There is an appeal already.')
  if (found.supersededById || !wouldChange(found, input)) throw unfit()
  return found
}

const unfit = () => new DomainError('invalid', 'appeal.unfit', 'There is nothing here to appeal against.')

function textOf(
  { point, text }: { point: string | null; text: string },
  { answer, count, reason }: AppealCreation,
) {
  const wanted = count === undefined ? observationAnswers[answer].zh : String(count)
  return `${point ?? ''}“${text}”申请更正为“${wanted}”：${reason}`
}

/** 申诉清单: begun by the first appeal against a ranking. */
async function beginBook(tx: Writer, row: RankingRow, { by, at }: Doing): Promise<string> {
  const { id, month, issuerUnitId } = row
  const book = { kind: 'work_list' as const, title: `${month} 排名申诉`, issuerUnitId }
  const bookId = await openBook(tx, book, { by, at })
  await tx.update(rankings).set({ appealsBookId: bookId }).where(eq(rankings.id, id))
  return bookId
}
