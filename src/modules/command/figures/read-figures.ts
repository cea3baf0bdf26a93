import { and, eq, inArray, lte, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
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
import type { BookKind, Division, TaskKind } from '../words.ts'
import { added, type BookFigures, figureKeys, type TaskFigures } from './figures.ts'

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

/**
 * Counts tasks as of a moment: those whose ids `among` selects, all if it is not given. `where` and `group` may name
 * `tasks`, `books`, `task_moves` (the last one by then) and what they look up. One statement.
 */
export async function countTasks(
  db: Reader,
  at: DateTime,
  { group, among, where }: { group: Grouping; among?: SQLWrapper | undefined; where?: SQL | undefined },
): Promise<({ id: string; name: string } & TaskFigures)[]> {
  const latest = latestMoves(db, among, at)
  const rows = await db
    .select({ id: sql<string | null>`${group.id}`.as('group_id'), name: group.name, ...countsAt(latest, at) })
    .from(latest)
    .innerJoin(taskMoves, and(eq(taskMoves.taskId, latest.taskId), eq(taskMoves.sequence, latest.last)))
    .innerJoin(tasks, eq(tasks.id, taskMoves.taskId))
    .innerJoin(books, eq(books.id, tasks.bookId))
    .innerJoin(owing, eq(owing.id, taskMoves.owingUnitId))
    .leftJoin(workingBodies, eq(workingBodies.id, sql`coalesce(${tasks.bodyId}, ${books.bodyId})`))
    .where(where)
    .groupBy(sql`group_id`)
    .orderBy(sql`group_id`)
  return rows.map(({ id, name, ...figures }) => ({
    id: id ?? '',
    name: name ?? '',
    ...(figures as TaskFigures),
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

function countsAt(latest: ReturnType<typeof latestMoves>, at: DateTime) {
  const { state, dueAt, reportedAt, asked } = taskMoves
  const moment = sql.param(at, taskMoves.at)
  const live = sql`${state} <> 'cancelled'`
  const dated = sql`${live} and ${tasks.dueKind} = 'dated'`
  const due = sql`${dated} and ${dueAt} <= ${moment}`
  const inTime = sql`${reportedAt} < ${dueAt}`
  const conditions: Record<keyof TaskFigures, SQL> = {
    issued: sql`1 = 1`,
    open: sql`${state} not in ('closed', 'cancelled')`,
    closed: sql`${state} = 'closed'`,
    cancelled: sql`${state} = 'cancelled'`,
    falseFindings: sql`${state} = 'cancelled' and ${tasks.falseAt} <= ${moment}`,
    suspended: sql`${state} = 'suspended'`,
    overdue: sql`${due} and ${state} in ('issued', 'accepted') and coalesce(${asked}, '') <> 'extension'`,
    dated,
    closedDated: sql`${dated} and ${state} = 'closed'`,
    due,
    closedDue: sql`${due} and ${state} = 'closed'`,
    dueNotSuspended: sql`${due} and ${state} <> 'suspended'`,
    onTime: sql`${due} and ${state} = 'closed' and ${inTime}`,
    reported: sql`${live} and ${latest.reports} > 0`,
    sentBack: sql`${live} and ${latest.fails} > 0`,
    extended: sql`${dated} and ${latest.extensions} > 0`,
    everClosed: sql`${live} and (${state} = 'closed' or ${latest.reopenings} > 0)`,
    reopened: sql`${live} and ${latest.reopenings} > 0`,
  }
  return Object.fromEntries(
    figureKeys.map((key) => [
      key,
      sql<number>`sum(case when ${conditions[key]} then 1 else 0 end)`.mapWith(Number).as(`f_${key}`),
    ]),
  )
}
