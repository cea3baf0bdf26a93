import { and, asc, eq, isNotNull, isNull, lt, lte, notExists, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { reachOf } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import type { Looking } from '../looking.ts'
import { tasksWithin } from '../reach.ts'
import { books, taskMoves, tasks } from '../schema.ts'
import type { BlindSpotsView } from './contract.ts'

const listedMax = 200

/** 盲区: what was issued and nobody looks after, and units that sign off each other. */
export async function readBlindSpots(db: Reader, looking: Looking): Promise<BlindSpotsView> {
  const { at } = looking
  const unaccepted = and(isNull(tasks.acceptedAt), isNull(tasks.returnedAt), lt(tasks.answerBy, at))
  const explained = db
    .select({ one: sql`1` })
    .from(taskMoves)
    .where(
      and(eq(taskMoves.taskId, tasks.id), eq(taskMoves.kind, 'explain'), eq(taskMoves.cycle, tasks.cycle)),
    )
  const unexplained = and(eq(tasks.kind, 'item'), notExists(explained))
  return {
    unaccepted: await leftOf(db, looking, unaccepted),
    unexplained: await leftOf(db, looking, unexplained),
    ofClosed: await leftOf(db, looking, isNotNull(units.closedAt)),
    eachOther: await signingEachOther(db, looking),
  }
}

async function leftOf(db: Reader, { reader, at }: Looking, which: SQL | undefined) {
  const rows = await db
    .select({
      id: tasks.id,
      outline: tasks.outline,
      text: tasks.text,
      issuedAt: tasks.issuedAt,
      book: { id: books.id, name: books.title },
      unit: { id: units.id, name: units.name },
    })
    .from(tasks)
    .innerJoin(books, eq(books.id, tasks.bookId))
    .innerJoin(units, eq(units.id, tasks.unitId))
    .where(
      and(
        isNull(tasks.closedAt),
        isNull(tasks.cancelledAt),
        isNotNull(tasks.issuedAt),
        lte(tasks.issuedAt, at),
        which,
        tasksWithin(db, reachOf(reader, 'tasks.read')),
      ),
    )
    .orderBy(asc(tasks.issuedAt), asc(tasks.id))
    .limit(listedMax)
  return rows.map((row) => ({ ...row, issuedAt: row.issuedAt && isoOf(row.issuedAt) }))
}

/** Pairs of units each of which signed off tasks of the other one. */
async function signingEachOther(db: Reader, { reader }: Looking): Promise<BlindSpotsView['eachOther']> {
  const checking = alias(units, 'checking')
  const owing = alias(units, 'owing')
  const rows = await db
    .select({
      checking: { id: checking.id, name: checking.name },
      owing: { id: owing.id, name: owing.name },
      tasks: sql<number>`count(*)`.mapWith(Number),
    })
    .from(taskMoves)
    .innerJoin(checking, eq(checking.id, taskMoves.byUnitId))
    .innerJoin(owing, eq(owing.id, taskMoves.owingUnitId))
    .innerJoin(tasks, eq(tasks.id, taskMoves.taskId))
    .innerJoin(books, eq(books.id, tasks.bookId))
    .where(and(eq(taskMoves.kind, 'pass'), tasksWithin(db, reachOf(reader, 'tasks.read'))))
    .groupBy(checking.id, checking.name, owing.id, owing.name)
    .orderBy(asc(checking.id), asc(owing.id))
  const of = new Map(rows.map((row) => [`${row.checking.id} ${row.owing.id}`, row]))
  const pairs = rows.flatMap((row) => {
    const back = of.get(`${row.owing.id} ${row.checking.id}`)
    return back && row.checking.id < row.owing.id
      ? [{ one: row.checking, other: row.owing, tasks: row.tasks + back.tasks }]
      : []
  })
  return pairs.slice(0, listedMax)
}
