import { and, eq, exists, inArray, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm'
import { coversUnit, unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, may, type Reach, reachOf } from '#platform/http/access.ts'
import { bodyMembers, books, tasks, taskUnits } from './schema.ts'

/** SQL condition: the column names a unit within the reach. */
function unitIn(db: Reader, column: AnyColumn, reach: Reach): SQL {
  return inArray(column, db.select({ id: units.id }).from(units).where(unitsWithin(reach)))
}

/** SQL condition on `books`: whose issuer is within the reach. Undefined: all of them. */
export function booksIssuedWithin(db: Reader, reach: Reach): SQL | undefined {
  return reach.everything ? undefined : unitIn(db, books.issuerUnitId, reach)
}

/** SQL condition: the body is led by a unit within the reach. */
function ledWithin(db: Reader, body: SQL | AnyColumn, reach: Reach): SQL {
  const led = db
    .select({ bodyId: bodyMembers.bodyId })
    .from(bodyMembers)
    .where(
      and(eq(bodyMembers.role, 'lead'), isNull(bodyMembers.leftAt), unitIn(db, bodyMembers.unitId, reach)),
    )
  return inArray(body as SQL, led)
}

/**
 * SQL condition on `tasks` joined with `books`: a unit within the reach issued it, or, once it was issued, owes it,
 * supports it, leads its body, or is the one the book names for signing off. Undefined: all of them.
 */
export function tasksWithin(db: Reader, reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  const supported = db
    .select({ id: taskUnits.taskId })
    .from(taskUnits)
    .where(unitIn(db, taskUnits.unitId, reach))
  return or(
    unitIn(db, books.issuerUnitId, reach),
    and(
      isNotNull(tasks.issuedAt),
      or(
        unitIn(db, tasks.unitId, reach),
        inArray(tasks.id, supported),
        unitIn(db, books.checkUnitId, reach),
        ledWithin(db, sql`coalesce(${tasks.bodyId}, ${books.bodyId})`, reach),
      ),
    ),
  )
}

/**
 * SQL condition on `books`: its issuer is within the reach, or one of its tasks is. Undefined: all of them. Each way of
 * reaching a task is a look-up of its own, so that each has its index.
 */
export function booksWithin(db: Reader, reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  const withTasks = (which: SQL) =>
    inArray(
      books.id,
      db
        .select({ bookId: tasks.bookId })
        .from(tasks)
        .where(and(isNotNull(tasks.issuedAt), which)),
    )
  const supported = db
    .select({ id: taskUnits.taskId })
    .from(taskUnits)
    .where(unitIn(db, taskUnits.unitId, reach))
  return or(
    booksIssuedWithin(db, reach),
    withTasks(unitIn(db, tasks.unitId, reach)),
    withTasks(inArray(tasks.id, supported)),
    withTasks(ledWithin(db, tasks.bodyId, reach)),
    and(
      isNotNull(books.publishedAt),
      or(unitIn(db, books.checkUnitId, reach), ledWithin(db, books.bodyId, reach)),
      exists(
        db
          .select({ one: sql`1` })
          .from(tasks)
          .where(and(eq(tasks.bookId, books.id), isNotNull(tasks.issuedAt))),
      ),
    ),
  )
}

/** Whether the actor holds the permission over this unit. */
export function holds(
  actor: Actor,
  permission: string,
  unit: { path: string; districtCode: string | null },
): boolean {
  return may(actor, permission) && coversUnit(reachOf(actor, permission), unit)
}
