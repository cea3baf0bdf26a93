import { and, desc, eq, inArray, lte, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DateTime } from 'luxon'
import { districtNames } from '#modules/grid/index.ts'
import { districtCovers } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { AnyColumn } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { instantFrom } from '#platform/time.ts'
import { tasksWithin } from '../reach.ts'
import { books, taskMoves, tasks, workingBodies } from '../schema.ts'
import type { BookKind, Division, TaskKind, TaskState } from '../words.ts'
import {
  added,
  type BookFigures,
  bitOf,
  factsIn,
  figuresOf,
  noFigures,
  type TaskFact,
  type TaskFigures,
  taskFacts,
} from './figures.ts'

export interface FigureFilter {
  by: Division
  bookId?: string
  bookKind?: BookKind
  kind?: TaskKind
  campaignId?: string
  unitId?: string
  districtCode?: string
}

/** Plain values, so that a process of its own can be asked. */
export interface FiguresAsked {
  filter: FigureFilter
  /** Of `tasks.read`. */
  reach: Reach
  /** As of when, as an instant. */
  at: string
}

const owing = alias(units, 'owing')

/**
 * Figures as of a moment: what each task was after its last move by then, and which unit owed it. So the figures of a day
 * are the same whenever they are asked for. One statement.
 */
export async function readFigures(
  db: Reader,
  { filter, reach, at: asOf }: FiguresAsked,
): Promise<BookFigures> {
  const at = instantFrom(asOf)
  const { bookId } = filter
  const inBook = db
    .select({ id: tasks.id })
    .from(tasks)
    .where(eq(tasks.bookId, bookId ?? ''))
  const groups = await countTasks(db, at, {
    group: groupOf[filter.by],
    among: bookId ? inBook : undefined,
    where: and(
      tasksWithin(db, reach),
      filter.bookKind ? eq(books.kind, filter.bookKind) : undefined,
      filter.kind ? eq(tasks.kind, filter.kind) : undefined,
      filter.campaignId ? eq(books.campaignId, filter.campaignId) : undefined,
      filter.unitId ? eq(taskMoves.owingUnitId, filter.unitId) : undefined,
      filter.districtCode ? districtCovers(owing.districtCode, filter.districtCode) : undefined,
    ),
  })
  const districts = filter.by === 'district' ? await districtNames(db) : []
  const names = new Map(districts.map(({ code, name }) => [code, name]))
  const named = groups.map((group) => ({ ...group, name: group.name || names.get(group.id) || '' }))
  return { at: asOf, by: filter.by, total: added(named), groups: named }
}

/** By what tasks are divided. */
export interface Grouping {
  id: AnyColumn | SQL<string | null>
  name: SQL<string | null>
}

/** Which tasks are counted: those whose ids `among` selects, all if it is not given. */
interface Counting {
  group: Grouping
  among?: SQLWrapper | undefined
  where?: SQL | undefined
}
type Counted = { id: string; name: string } & TaskFigures

/**
 * Counts tasks as of a moment. `where` and `group` may name `tasks`, `books`, `task_moves` (the last one by then, or the last one of
 * an earlier cycle) and what they look up. Two statements: what was handed over counts once, and what was due in each of its
 * cycles, so that opening a task again hides nothing that was late.
 */
export async function countTasks(db: Reader, at: DateTime, counting: Counting): Promise<Counted[]> {
  const groups = new Map<string, Counted>()
  for (const one of [
    ...(await presentCycles(db, at, counting)),
    ...(await earlierCycles(db, at, counting)),
  ]) {
    const known = groups.get(one.id)
    groups.set(one.id, known ? { id: one.id, name: known.name, ...added([known, one]) } : one)
  }
  return [...groups.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** How many tasks of a group have the same facts; what they count for is said in `figuresOf`. */
async function presentCycles(
  db: Reader,
  at: DateTime,
  { group, among, where }: Counting,
): Promise<Counted[]> {
  const latest = latestMoves(db, among, at)
  const rows = await db
    .select({
      id: sql<string | null>`${group.id}`.as('group_id'),
      name: group.name,
      state: sql<TaskState>`${taskMoves.state}`.as('state_then'),
      facts: factsAt(latest, at).as('facts_then'),
      tasks: sql<number>`count(*)`.mapWith(Number),
    })
    .from(latest)
    .innerJoin(taskMoves, and(eq(taskMoves.taskId, latest.taskId), eq(taskMoves.sequence, latest.last)))
    .innerJoin(tasks, eq(tasks.id, taskMoves.taskId))
    .innerJoin(books, eq(books.id, tasks.bookId))
    .innerJoin(owing, eq(owing.id, taskMoves.owingUnitId))
    .leftJoin(workingBodies, eq(workingBodies.id, sql`coalesce(${tasks.bodyId}, ${books.bodyId})`))
    .where(where)
    .groupBy(sql`group_id`, sql`state_then`, sql`facts_then`)
    .orderBy(sql`group_id`)
  const groups = Map.groupBy(rows, ({ id }) => id ?? '')
  return [...groups].map(([id, some]) => ({
    id,
    name: some[0]!.name ?? '',
    ...added(some.map(({ state, facts, tasks: count }) => figuresOf(state, factsIn(Number(facts)), count))),
  }))
}

const begun = alias(taskMoves, 'begun')
const latestThen = alias(taskMoves, 'latest_then')

/**
 * Cycles that another one followed by then: signed off and opened again, or taken over by another bearer when they were overdue.
 * The move before the one that begins a cycle says how the cycle before it ended. One that was returned counts in no figure of
 * time, nor does anything of a task that was cancelled.
 */
async function earlierCycles(
  db: Reader,
  at: DateTime,
  { group, among, where }: Counting,
): Promise<Counted[]> {
  const { state, dueAt, reportedAt, asked } = taskMoves
  const stateThen = db
    .select({ state: latestThen.state })
    .from(latestThen)
    .where(and(eq(latestThen.taskId, begun.taskId), lte(latestThen.at, at)))
    .orderBy(desc(latestThen.sequence))
    .limit(1)
  const wasOverdue = sql`${state} in ('issued', 'accepted') and ${dueAt} <= ${begun.at} and ${asked} is null`
  const rows = await db
    .select({
      id: sql<string | null>`${group.id}`.as('group_id'),
      name: group.name,
      cycles: sql<number>`count(*)`.mapWith(Number),
      onTime:
        sql<number>`sum(case when ${state} = 'closed' and ${reportedAt} < ${dueAt} then 1 else 0 end)`.mapWith(
          Number,
        ),
    })
    .from(begun)
    // SQLite begins with what stands left of a cross join: few moves begin a cycle, and they have an index of their own.
    .crossJoin(taskMoves)
    .innerJoin(tasks, eq(tasks.id, taskMoves.taskId))
    .innerJoin(books, eq(books.id, tasks.bookId))
    .innerJoin(owing, eq(owing.id, taskMoves.owingUnitId))
    .leftJoin(workingBodies, eq(workingBodies.id, sql`coalesce(${tasks.bodyId}, ${books.bodyId})`))
    .where(
      and(
        eq(taskMoves.taskId, begun.taskId),
        eq(taskMoves.sequence, sql`${begun.sequence} - 1`),
        // Written exactly like the condition of the index.
        sql`${begun.kind} in ('reissue', 'reopen')`,
        lte(begun.at, at),
        among ? inArray(begun.taskId, among) : undefined,
        lte(dueAt, at),
        sql`(${state} = 'closed' or ${wasOverdue})`,
        sql`${stateThen} <> 'cancelled'`,
        where,
      ),
    )
    .groupBy(sql`group_id`)
  return rows.map(({ id, name, cycles, onTime }) => ({
    ...{ id: id ?? '', name: name ?? '' },
    ...{ ...noFigures, dueNotSuspended: cycles, onTime, earlierCycles: cycles },
  }))
}

/** The last move of each task by then, and how often it was reported, sent back, extended and opened again. */
function latestMoves(db: Reader, among: SQLWrapper | undefined, at: DateTime) {
  const { taskId, sequence, kind } = taskMoves
  const some = among ? inArray(taskId, among) : undefined
  const many = (of: string) => sql<number>`sum(case when ${kind} = ${of} then 1 else 0 end)`
  return db
    .select({
      taskId,
      last: sql<number>`max(${sequence})`.as('last_move'),
      reports: many('report').as('report_count'),
      fails: many('fail').as('fail_count'),
      extensions: many('grant_extension').as('extension_count'),
      reopenings: many('reopen').as('reopen_count'),
    })
    .from(taskMoves)
    .where(and(lte(taskMoves.at, at), some))
    .groupBy(taskId)
    .as('latest')
}

const groupOf: Record<Division, Grouping> = {
  unit: { id: owing.id as AnyColumn, name: sql`min(${owing.name})` },
  district: { id: owing.districtCode as AnyColumn, name: sql`min('')` },
  body: { id: workingBodies.id, name: sql`min(${workingBodies.name})` },
  book: { id: books.id, name: sql`min(${books.title})` },
}

/** The facts of a task at a moment as one number, so that tasks alike are counted together: `factsIn` reads it. */
function factsAt(latest: ReturnType<typeof latestMoves>, at: DateTime): SQL<number> {
  const { dueAt, reportedAt, asked } = taskMoves
  const moment = sql.param(at, taskMoves.at)
  const holds: Record<TaskFact, SQL> = {
    dated: sql`${tasks.dueKind} = 'dated'`,
    due: sql`${dueAt} <= ${moment}`,
    inTime: sql`${reportedAt} < ${dueAt}`,
    falseFinding: sql`${tasks.falseAt} <= ${moment}`,
    asksExtension: sql`${asked} = 'extension'`,
    reported: sql`${latest.reports} > 0`,
    sentBack: sql`${latest.fails} > 0`,
    extended: sql`${latest.extensions} > 0`,
    reopened: sql`${latest.reopenings} > 0`,
  }
  const bits = taskFacts.map(
    (fact) => sql`case when ${holds[fact]} then ${sql.raw(String(bitOf(fact)))} else 0 end`,
  )
  return sql<number>`${sql.join(bits, sql` + `)}`
}
