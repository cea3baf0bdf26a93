import { and, desc, eq, inArray } from 'drizzle-orm'
import { officeTime, reopenTask } from '#modules/command/index.ts'
import { tasks } from '#modules/command/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import type { Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import type { Today } from '../rounds/concerns.ts'
import type { RoundRow } from '../rounds/round-queries.ts'
import { recurs } from '../sampling/recheck-rules.ts'
import { cases, observations, schemes, standards } from '../schema.ts'
import type { StandardRow } from '../schemes/standard-queries.ts'
import { severityUp } from '../schemes/standard-rules.ts'
import type { CaseSource } from '../words.ts'
import { answeringFor } from './answering.ts'
import { bookOfPatrols, bookOfRound, type CaseBook, nextNumber } from './case-book.ts'

/** A visit whose failures become cases. */
export interface FoundOn {
  visitId: string
  round: RoundRow | null
  schemeId: string
  pointId: string | null
  zoneId: string
  districtCode: string
  source: CaseSource
  finderUserId: string
  finderUnitId: string
}

/** What failed. */
export interface Failure {
  observationId: string
  standardId: string
}

/**
 * Makes cases of what failed on a visit: one for each standard, whatever number of observations failed. The same standard at
 * the same point is no second case while the first is open; closed within 180 days it is opened again, one severity up (反弹).
 * A case is issued later, when its pictures came.
 * @returns the ids of the cases, in the order of the failures
 */
export async function raiseCases(
  tx: Writer,
  found: FoundOn,
  failures: readonly Failure[],
  doing: Doing & Today,
): Promise<string[]> {
  const byStandard = Map.groupBy(failures, ({ standardId }) => standardId)
  if (byStandard.size === 0) return []
  const rows = await tx
    .select()
    .from(standards)
    .where(inArray(standards.id, [...byStandard.keys()]))
  const [scheme] = await tx.select().from(schemes).where(eq(schemes.id, found.schemeId))
  const nameOf = new Map(scheme!.indicators.map(({ code, name }) => [code, name]))
  const book = await bookFor(tx, found, doing)
  const made: string[] = []
  for (const [standardId, failed] of byStandard) {
    const standard = rows.find(({ id }) => id === standardId)!
    const caseId =
      (await foundAgain(tx, found, standard, doing)) ??
      (await newCase(
        tx,
        { found, standard, failed, book, category: nameOf.get(standard.indicator ?? '') ?? null },
        doing,
      ))
    await tx
      .update(observations)
      .set({ caseId })
      .where(
        inArray(
          observations.id,
          failed.map(({ observationId }) => observationId),
        ),
      )
    made.push(caseId)
  }
  return made
}

function bookFor(tx: Writer, { round, finderUnitId }: FoundOn, doing: Doing & Today): Promise<CaseBook> {
  return round ? bookOfRound(tx, round, doing) : bookOfPatrols(tx, finderUnitId, doing)
}

/** The case that this is again; null: there is none. */
async function foundAgain(
  tx: Writer,
  { pointId, zoneId, districtCode, visitId }: FoundOn,
  standard: StandardRow,
  doing: Doing & Today,
): Promise<string | null> {
  if (!pointId) return null
  const { by, at, timeZone } = doing
  const [last] = await tx
    .select({ row: cases, closedAt: tasks.closedAt, cancelledAt: tasks.cancelledAt })
    .from(cases)
    .leftJoin(tasks, eq(tasks.id, cases.taskId))
    .where(and(eq(cases.pointId, pointId), eq(cases.standardCode, standard.code)))
    .orderBy(desc(cases.createdAt), desc(cases.id))
    .limit(1)
  if (!last || last.cancelledAt) return null
  const { row, closedAt } = last
  if (!closedAt) return row.id
  if (!recurs(closedAt, at)) return null
  const finding = { standardId: standard.id, districtCode, pointId, zoneId }
  const { unitId, step } = await answeringFor(tx, finding, { at, timeZone })
  const answering = unitId ?? row.unitId!
  const office = await officeTime(tx, { timeZone })
  await reopenTask(tx, row.taskId!, {
    unitId: answering,
    reason: '复查时再次发现同一问题（反弹）',
    office,
    by,
    at,
  })
  await tx
    .update(cases)
    .set({
      ...{ severity: severityUp(row.severity), recurrences: row.recurrences + 1, version: row.version + 1 },
      ...{ unitId: answering, answeringStep: step ?? row.answeringStep },
    })
    .where(eq(cases.id, row.id))
  const details = { visitId, recurrences: row.recurrences + 1 }
  await record(tx, { action: 'case.recurred', subject: `case:${row.id}`, by, at, details })
  return row.id
}

async function newCase(
  tx: Writer,
  {
    found,
    standard,
    failed,
    book,
    category,
  }: {
    found: FoundOn
    standard: StandardRow
    failed: readonly Failure[]
    book: CaseBook
    category: string | null
  },
  { by, at, timeZone }: Doing & Today,
): Promise<string> {
  const { visitId, round, pointId, zoneId, districtCode, source, finderUserId, finderUnitId } = found
  const finding = { standardId: standard.id, districtCode, pointId, zoneId }
  const { unitId, step } = await answeringFor(tx, finding, { at, timeZone })
  const id = newId()
  const numbered = await nextNumber(tx, book.series)
  await tx.insert(cases).values({
    ...{ id, ...numbered, bookId: book.bookId, source, roundId: round?.id ?? null, visitId },
    ...{ observationId: failed[0]!.observationId, pointId, zoneId, districtCode, category },
    ...{ standardId: standard.id, standardCode: standard.code, severity: standard.severity },
    ...{ unitId, answeringStep: step, foundByUserId: finderUserId, foundByUnitId: finderUnitId },
    ...{ foundAt: at, createdAt: at },
  })
  const details = { number: numbered.number, step }
  await record(tx, { action: 'case.raised', subject: `case:${id}`, by, at, details })
  return id
}
