import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { holds, type Looking, tasksWithin } from '#modules/command/index.ts'
import { books, taskMoves, tasks } from '#modules/command/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { may, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import { appeals, observations, points, rankings, standards, visits } from '../../schema.ts'
import type { AppealView } from './contract.ts'

const reports = alias(taskMoves, 'reports')
const passes = alias(taskMoves, 'passes')
const corrections = alias(observations, 'corrections')

function selectAppeals(db: Reader) {
  return db
    .select({
      appeal: appeals,
      unit: { id: units.id, name: units.name, path: units.path, districtCode: units.districtCode },
      ranking: { id: rankings.id, month: rankings.month, group: rankings.group },
      point: { id: points.id, name: points.name },
      standard: {
        id: standards.id,
        code: standards.code,
        text: standards.text,
        answer: standards.answer,
        mayNotApply: standards.mayNotApply,
      },
      seen: { answer: observations.answer, count: observations.count },
      corrected: { answer: corrections.answer, count: corrections.count },
      reason: reports.reason,
      decision: passes.reason,
      final: sql<boolean>`${rankings.finalAt} is not null`.mapWith(Boolean),
    })
    .from(appeals)
    .innerJoin(tasks, eq(tasks.id, appeals.taskId))
    .innerJoin(books, eq(books.id, tasks.bookId))
    .innerJoin(units, eq(units.id, tasks.unitId))
    .innerJoin(rankings, eq(rankings.id, appeals.rankingId))
    .innerJoin(observations, eq(observations.id, appeals.observationId))
    .leftJoin(corrections, eq(corrections.id, observations.supersededById))
    .innerJoin(standards, eq(standards.id, observations.standardId))
    .innerJoin(visits, eq(visits.id, appeals.visitId))
    .leftJoin(points, eq(points.id, visits.pointId))
    .leftJoin(reports, and(eq(reports.taskId, tasks.id), eq(reports.kind, 'report')))
    .leftJoin(passes, and(eq(passes.taskId, tasks.id), inArray(passes.kind, ['pass', 'cancel'])))
}
type Found = Awaited<ReturnType<typeof selectAppeals>>[number]

function present(
  { appeal, ranking, unit, point, standard, seen, corrected, reason, decision, final }: Found,
  { reader }: Looking,
): AppealView {
  return {
    id: appeal.id,
    version: appeal.version,
    rankingId: appeal.rankingId,
    taskId: appeal.taskId,
    visitId: appeal.visitId,
    observationId: appeal.observationId,
    ranking,
    unit: { id: unit.id, name: unit.name },
    point,
    standard,
    seen,
    wanted: { answer: appeal.answer, count: appeal.count },
    reason: reason ?? '',
    corrected: appeal.outcome === 'granted' ? corrected : null,
    outcome: appeal.outcome,
    decidedAt: appeal.decidedAt && isoOf(appeal.decidedAt),
    decision,
    createdAt: isoOf(appeal.createdAt),
    allowed: {
      decide: appeal.outcome === null && !final && may(reader, 'rankings.edit'),
      withdraw: appeal.outcome === null && holds(reader, 'tasks.report', unit),
    },
  }
}

export interface AppealFilter {
  rankingId?: string
  open?: boolean
  cursor?: string
  limit?: number
}

/** Appeals whose task is within reach, the oldest first. */
export async function listAppeals(
  db: Reader,
  { rankingId, open, cursor, limit = 50 }: AppealFilter,
  looking: Looking,
) {
  const rows = await selectAppeals(db)
    .where(
      and(
        tasksWithin(db, reachOf(looking.reader, 'tasks.read')),
        rankingId ? eq(appeals.rankingId, rankingId) : undefined,
        open === undefined ? undefined : open ? isNull(appeals.decidedAt) : isNotNull(appeals.decidedAt),
        after([appeals.id], cursor),
      ),
    )
    .orderBy(asc(appeals.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ appeal }) => [appeal.id])
  return { ...page, items: page.items.map((found) => present(found, looking)) }
}

/** @throws DomainError `appeal.missing` */
export async function readAppeal(db: Reader, appealId: string, looking: Looking): Promise<AppealView> {
  const [found] = await selectAppeals(db).where(
    and(eq(appeals.id, appealId), tasksWithin(db, reachOf(looking.reader, 'tasks.read'))),
  )
  if (!found) throw new DomainError('missing', 'appeal.missing', 'There is no such appeal.', { appealId })
  return present(found, looking)
}
