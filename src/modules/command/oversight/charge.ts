import { and, asc, eq, exists, isNotNull, isNull, lt, sql } from 'drizzle-orm'
import { unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { reachOf } from '#platform/http/access.ts'
import type { Looking } from '../looking.ts'
import { taskMoves, tasks } from '../schema.ts'
import { isOverdueRow } from '../tasks/state-in-sql.ts'
import type { ChargeView } from './contract.ts'

const unitsMax = 500

/** SQL condition on `tasks`: a counsellor explained it in its present cycle. */
export function isExplained(db: Reader) {
  return exists(
    db
      .select({ one: sql`1` })
      .from(taskMoves)
      .where(
        and(eq(taskMoves.taskId, tasks.id), eq(taskMoves.kind, 'explain'), eq(taskMoves.cycle, tasks.cycle)),
      ),
  )
}

/** 辅导对象: the units that a counsellor explains tasks to, those with the most left first. One statement. */
export async function readCharge(db: Reader, { reader, at }: Looking): Promise<ChargeView> {
  const count = (which: unknown) => sql<number>`sum(case when ${which} then 1 else 0 end)`.mapWith(Number)
  const rows = await db
    .select({
      unit: { id: units.id, name: units.name },
      items: sql<number>`count(*)`.mapWith(Number),
      explained: count(isExplained(db)),
      unaccepted: count(and(isNull(tasks.acceptedAt), isNull(tasks.returnedAt), lt(tasks.answerBy, at))),
      overdue: count(isOverdueRow(at)),
    })
    .from(tasks)
    .innerJoin(units, eq(units.id, tasks.unitId))
    .where(
      and(
        eq(tasks.kind, 'item'),
        isNotNull(tasks.issuedAt),
        isNull(tasks.closedAt),
        isNull(tasks.cancelledAt),
        unitsWithin(reachOf(reader, 'tasks.explain')),
      ),
    )
    .groupBy(units.id, units.name)
    .orderBy(asc(units.id))
  const left = ({ items, explained }: (typeof rows)[number]) => items - explained
  return { items: rows.sort((one, other) => left(other) - left(one)).slice(0, unitsMax) }
}
