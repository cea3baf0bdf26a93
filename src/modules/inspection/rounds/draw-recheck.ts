import { createHash } from 'node:crypto'
import { and, asc, eq, gt, inArray, isNotNull, isNull, lte } from 'drizzle-orm'
import { books, tasks } from '#modules/command/schema.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { drawCommitment } from '../sampling/draw-rules.ts'
import { drawRechecks, recheckDays } from '../sampling/recheck-rules.ts'
import { cases, points, visits } from '../schema.ts'
import { labelOf } from './present.ts'
import type { RoundRow } from './round-queries.ts'

/**
 * 复核: draws a fifth of the cases that were closed 30 to 90 days ago and not looked at again, and makes a visit for each point
 * of them. What is kept of a frame is the list of their numbers, in order.
 * @throws DomainError invalid `round.empty_frame`
 */
export async function drawRecheck(
  tx: Writer,
  { round, seed, at }: { round: RoundRow; seed: Buffer; at: Doing['at'] },
): Promise<{ closures: string[]; frameDigest: string; drawDigest: string; points: number }> {
  const closed = await closuresOf(tx, round, at)
  if (closed.length === 0)
    throw new DomainError('invalid', 'round.empty_frame', 'There are no points to draw from.')
  const closures = closed.map(({ row }) => row.number)
  const drawn = new Set(drawRechecks(seed, labelOf(round), closures))
  const again = closed.filter(({ row }) => drawn.has(row.number))
  const byPoint = Map.groupBy(again, ({ row }) => row.pointId!)
  for (const [pointId, some] of byPoint) {
    const { row, pointClass } = some[0]!
    const id = newId()
    await tx.insert(visits).values({
      ...{ id, roundId: round.id, schemeId: round.schemeId, pointId, zoneId: row.zoneId, pointClass },
      ...{ districtCode: row.districtCode, role: 'recheck', attempt: 1, createdAt: at },
    })
    const ids = some.map((each) => each.row.id)
    await tx.update(cases).set({ recheckVisitId: id }).where(inArray(cases.id, ids))
  }
  const frameDigest = createHash('sha256').update(closureText(closures)).digest('hex')
  return { closures, frameDigest, drawDigest: drawCommitment(seed, frameDigest), points: closed.length }
}

/** The frame of a re-check as text: a line for each number. */
export const closureText = (closures: readonly string[]): string =>
  closures.map((number) => `${number}\n`).join('')

function closuresOf(db: Reader, { issuerUnitId, spec }: RoundRow, at: Doing['at']) {
  const inDistrict =
    spec.districtCodes.length === 0 ? undefined : inArray(cases.districtCode, spec.districtCodes)
  return db
    .select({ row: cases, pointClass: points.pointClass })
    .from(cases)
    .innerJoin(tasks, eq(tasks.id, cases.taskId))
    .innerJoin(books, eq(books.id, cases.bookId))
    .innerJoin(points, eq(points.id, cases.pointId))
    .where(
      and(
        eq(books.issuerUnitId, issuerUnitId),
        isNotNull(tasks.closedAt),
        isNull(cases.recheckVisitId),
        gt(tasks.closedAt, at.minus({ days: recheckDays.until })),
        lte(tasks.closedAt, at.minus({ days: recheckDays.from })),
        inDistrict,
      ),
    )
    .orderBy(asc(cases.number))
}
