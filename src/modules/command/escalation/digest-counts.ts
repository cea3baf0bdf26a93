import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { bodyMembers, books, tasks, workingBodies } from '../schema.ts'
import { checkingUnit, decidingUnits } from '../tasks/sign-off-rules.ts'
import { isOverdueRow } from '../tasks/state-in-sql.ts'
import { type FullTask, fullTasks } from '../tasks/task-queries.ts'

export interface OwedCounts {
  open: number
  overdue: number
  unaccepted: number
}

/** What units owe and have not reported. One statement. */
export async function owedCounts(
  db: Reader,
  unitIds: readonly string[],
  at: DateTime,
): Promise<Map<string, OwedCounts>> {
  if (unitIds.length === 0) return new Map()
  const { issuedAt, closedAt, cancelledAt, reportedAt, suspendedAt, acceptedAt, returnedAt } = tasks
  const rows = await db
    .select({
      unitId: tasks.unitId,
      open: sql<number>`count(*)`.mapWith(Number),
      overdue: sql<number>`sum(case when ${isOverdueRow(at)} then 1 else 0 end)`.mapWith(Number),
      unaccepted: sql<number>`sum(case when ${acceptedAt} is null then 1 else 0 end)`.mapWith(Number),
    })
    .from(tasks)
    .where(
      and(
        inArray(tasks.unitId, [...unitIds]),
        isNotNull(issuedAt),
        ...[closedAt, cancelledAt, reportedAt, suspendedAt, returnedAt].map((column) => isNull(column)),
      ),
    )
    .groupBy(tasks.unitId)
  return new Map(rows.map(({ unitId, ...counts }) => [unitId, counts]))
}

/** How many reports wait for a unit to check them. */
export async function waitingForCheck(db: Reader, unitId: string): Promise<number> {
  const waiting = await waitingFor(db, unitId, tasks.reportedAt)
  return waiting.filter((full) => checkingUnit(full.task.kind, full.unit, full)?.id === unitId).length
}

/** How many disputes wait for a unit to decide on them. */
export async function waitingForDecision(db: Reader, unitId: string): Promise<number> {
  const waiting = await waitingFor(db, unitId, tasks.disputedAt)
  return waiting.filter((full) => decidingUnits(full).includes(unitId)).length
}

/** Open tasks of books that a unit issues, checks or leads, on which something waits since a moment. */
async function waitingFor(
  db: Reader,
  unitId: string,
  since: typeof tasks.reportedAt | typeof tasks.disputedAt,
): Promise<FullTask[]> {
  const led = db
    .select({ id: bodyMembers.bodyId })
    .from(bodyMembers)
    .where(and(eq(bodyMembers.unitId, unitId), eq(bodyMembers.role, 'lead'), isNull(bodyMembers.leftAt)))
  const own = db
    .select({ id: tasks.id })
    .from(tasks)
    .innerJoin(books, eq(books.id, tasks.bookId))
    .where(
      and(
        isNotNull(since),
        isNull(tasks.closedAt),
        isNull(tasks.cancelledAt),
        or(
          eq(books.issuerUnitId, unitId),
          eq(books.checkUnitId, unitId),
          inArray(books.bodyId, led),
          inArray(tasks.bodyId, led),
        ),
      ),
    )
  return fullTasks(db, inArray(tasks.id, own))
}

/** Overdue tasks of the bodies that a unit leads, and of the districts whose office it is. */
export async function overdueBelow(db: Reader, unitId: string, at: DateTime): Promise<number> {
  const led = await db
    .select({ bodyId: bodyMembers.bodyId, kind: workingBodies.kind })
    .from(bodyMembers)
    .innerJoin(workingBodies, eq(workingBodies.id, bodyMembers.bodyId))
    .where(and(eq(bodyMembers.unitId, unitId), eq(bodyMembers.role, 'lead'), isNull(bodyMembers.leftAt)))
  if (led.length === 0) return 0
  const ids = led.map(({ bodyId }) => bodyId)
  const charged = db
    .select({ district: bodyMembers.districtCode })
    .from(bodyMembers)
    .where(and(inArray(bodyMembers.bodyId, ids), eq(bodyMembers.role, 'charge'), isNull(bodyMembers.leftAt)))
  const inDistricts = db.select({ id: units.id }).from(units).where(inArray(units.districtCode, charged))
  const [row] = await db
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(tasks)
    .innerJoin(books, eq(books.id, tasks.bookId))
    .where(
      and(
        isOverdueRow(at),
        or(inArray(tasks.bodyId, ids), inArray(books.bodyId, ids), inArray(tasks.unitId, inDistricts)),
      ),
    )
  return row?.count ?? 0
}
