import { and, asc, eq, isNotNull, isNull, or, type SQL } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { isOverdue, stateOf, tasksWithin } from '#modules/command/index.ts'
import { books, tasks } from '#modules/command/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { picturesOf, presentPicture } from '#platform/pictures/index.ts'
import { isoOf } from '#platform/time.ts'
import { cases, observations, points, standards } from '../schema.ts'
import { observationSubject } from '../visits/visit-queries.ts'
import type { CaseSource, Severity } from '../words.ts'
import type { CaseView, WholeCaseView } from './contract.ts'

export type CaseRow = typeof cases.$inferSelect

const answering = alias(units, 'answering')
const finding = alias(units, 'finding')

function selectCases(db: Reader) {
  return db
    .select({
      row: cases,
      task: tasks,
      standard: { id: standards.id, code: standards.code, text: standards.text },
      point: { id: points.id, code: points.code, name: points.name },
      zone: { id: zones.id, name: zones.name },
      unit: { id: answering.id, name: answering.name },
      foundBy: { id: finding.id, name: finding.name },
    })
    .from(cases)
    .innerJoin(books, eq(books.id, cases.bookId))
    .innerJoin(standards, eq(standards.id, cases.standardId))
    .innerJoin(zones, eq(zones.id, cases.zoneId))
    .leftJoin(tasks, eq(tasks.id, cases.taskId))
    .leftJoin(points, eq(points.id, cases.pointId))
    .leftJoin(answering, eq(answering.id, cases.unitId))
    .leftJoin(finding, eq(finding.id, cases.foundByUnitId))
}
export type FullCase = Awaited<ReturnType<typeof selectCases>>[number]

/**
 * SQL condition: a case is seen by whoever sees its task, by whoever reaches the unit that issued its book, and by whoever
 * found it.
 */
function casesSeen(db: Reader, reader: Actor): SQL | undefined {
  const reach = reachOf(reader, 'cases.read')
  if (reach.everything) return undefined
  return or(tasksWithin(db, reach), eq(cases.foundByUserId, reader.userId))
}

/** One case within sight. @throws DomainError `case.missing` */
export async function fullCase(db: Reader, caseId: string, reader: Actor): Promise<FullCase> {
  const [found] = await selectCases(db).where(and(eq(cases.id, caseId), casesSeen(db, reader)))
  if (!found) throw new DomainError('missing', 'case.missing', 'There is no such case.', { caseId })
  return found
}

export interface CaseFilter {
  roundId?: string
  unitId?: string
  zoneId?: string
  pointId?: string
  source?: CaseSource
  severity?: Severity
  waiting?: boolean
  cursor?: string
  limit?: number
}

/** A keyset page of cases within sight, in order of their making. */
export async function listCases(
  db: Reader,
  filter: CaseFilter,
  { reader, at }: { reader: Actor; at: DateTime },
) {
  const { roundId, unitId, zoneId, pointId, source, severity, waiting, cursor, limit = 50 } = filter
  const rows = await selectCases(db)
    .where(
      and(
        casesSeen(db, reader),
        roundId ? eq(cases.roundId, roundId) : undefined,
        unitId ? eq(cases.unitId, unitId) : undefined,
        zoneId ? eq(cases.zoneId, zoneId) : undefined,
        pointId ? eq(cases.pointId, pointId) : undefined,
        source ? eq(cases.source, source) : undefined,
        severity ? eq(cases.severity, severity) : undefined,
        waiting === undefined ? undefined : waiting ? isNull(cases.taskId) : isNotNull(cases.taskId),
        after([cases.id], cursor),
      ),
    )
    .orderBy(asc(cases.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ row }) => [row.id])
  return { ...page, items: page.items.map((full) => presentCase(full, at)) }
}

/** One case with its pictures before and after. @throws DomainError `case.missing` */
export async function readCase(
  db: Reader,
  caseId: string,
  { reader, at }: { reader: Actor; at: DateTime },
): Promise<WholeCaseView> {
  const full = await fullCase(db, caseId, reader)
  const seen = await db
    .select({ id: observations.id, note: observations.note })
    .from(observations)
    .where(eq(observations.caseId, caseId))
    .orderBy(asc(observations.createdAt), asc(observations.id))
  const found = seen.map(({ id }) => observationSubject(id))
  const done = full.task ? [`task:${full.task.id}`] : []
  const all = (await picturesOf(db, [...found, ...done])).filter(({ hiddenAt }) => hiddenAt === null)
  return {
    ...presentCase(full, at),
    before: all.filter(({ subject }) => found.includes(subject)).map(presentPicture),
    after: all.filter(({ subject }) => done.includes(subject)).map(presentPicture),
    notes: seen.flatMap(({ note }) => note ?? []),
  }
}

/** A case as the API shows it; it names the finding unit, never the inspector. */
export function presentCase(full: FullCase, at: DateTime): CaseView {
  const { row, task, standard, point, zone, unit, foundBy } = full
  const { id, version, number, source, roundId, visitId, category, severity, districtCode } = row
  return {
    ...{ id, version, number, source, roundId, visitId, category, severity, districtCode },
    ...{ standard, point, zone, unit, foundBy, taskId: row.taskId, answeringStep: row.answeringStep },
    foundAt: isoOf(row.foundAt),
    taskState: task && stateOf(task),
    dueAt: task?.dueAt ? isoOf(task.dueAt) : null,
    overdue: task !== null && isOverdue(task, at),
    heldBecause: row.heldBecause,
    issuedWithoutPicturesAt: row.issuedWithoutPicturesAt && isoOf(row.issuedWithoutPicturesAt),
    recurrences: row.recurrences,
    recheckOutcome: row.recheckOutcome,
    shiftId: row.shiftId,
    createdAt: isoOf(row.createdAt),
  }
}

/** Whether somebody may see the pictures of an observation by the case that it raised. */
export async function seesCaseOf(db: Reader, observationId: string, reader: Actor): Promise<boolean> {
  if (!may(reader, 'cases.read')) return false
  const [found] = await selectCases(db)
    .innerJoin(observations, eq(observations.caseId, cases.id))
    .where(and(eq(observations.id, observationId), casesSeen(db, reader)))
  return found !== undefined
}
