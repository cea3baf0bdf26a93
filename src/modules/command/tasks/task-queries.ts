import { and, asc, desc, eq, inArray, isNotNull, isNull, not, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { users } from '#modules/accounts/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { type NameOf, unitsWithin } from '#modules/organisation/index.ts'
import { persons, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, type Reach, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import type { Looking } from '../looking.ts'
import { isExplained } from '../oversight/charge.ts'
import { tasksWithin } from '../reach.ts'
import { bodyMembers, books, taskMoves, tasks, taskUnits, workingBodies } from '../schema.ts'
import type { Desk, TaskKind, TaskState } from '../words.ts'
import type { Signer } from './sign-off-rules.ts'
import { isOverdueRow, stateInSql } from './state-in-sql.ts'

/** Who looks, when, and how people are named to them. */
export interface Showing extends Looking {
  nameOf: NameOf
}

export type TaskRow = typeof tasks.$inferSelect
export type MoveRow = typeof taskMoves.$inferSelect

const owing = alias(units, 'owing')
const issuers = alias(units, 'issuers')
const checkers = alias(units, 'checkers')
const earlier = alias(tasks, 'earlier')

function selectTasks(db: Reader) {
  return db
    .select({
      task: tasks,
      book: {
        id: books.id,
        title: books.title,
        kind: books.kind,
        publishedAt: books.publishedAt,
        closedAt: books.closedAt,
      },
      unit: {
        ...{ id: owing.id, name: owing.name, path: owing.path },
        ...{ districtCode: owing.districtCode, closedAt: owing.closedAt },
      },
      issuer: {
        ...{ id: issuers.id, name: issuers.name, path: issuers.path },
        ...{ districtCode: issuers.districtCode, closedAt: issuers.closedAt },
      },
      checkUnit: {
        id: checkers.id,
        name: checkers.name,
        path: checkers.path,
        districtCode: checkers.districtCode,
        closedAt: checkers.closedAt,
      },
      body: { id: workingBodies.id, name: workingBodies.name },
      zone: { id: zones.id, name: zones.name },
      leader: { id: persons.id, name: persons.name },
      // A stage that was cancelled is waited for no longer; whether the next one begins is the issuer’s to say.
      waits:
        sql<boolean>`${earlier.id} is not null and ${earlier.closedAt} is null and ${earlier.cancelledAt} is null`.mapWith(
          Boolean,
        ),
    })
    .from(tasks)
    .innerJoin(books, eq(books.id, tasks.bookId))
    .innerJoin(owing, eq(owing.id, tasks.unitId))
    .innerJoin(issuers, eq(issuers.id, books.issuerUnitId))
    .leftJoin(checkers, eq(checkers.id, books.checkUnitId))
    .leftJoin(workingBodies, eq(workingBodies.id, sql`coalesce(${tasks.bodyId}, ${books.bodyId})`))
    .leftJoin(zones, eq(zones.id, tasks.zoneId))
    .leftJoin(persons, eq(persons.id, tasks.leaderPersonId))
    .leftJoin(earlier, eq(earlier.id, tasks.afterId))
}
type Selected = Awaited<ReturnType<typeof selectTasks>>[number]

interface LeadUnit extends Signer {
  name: string
  districtCode: string | null
}

/** A task with its book, the units around it and the lead unit of its body. */
export interface FullTask extends Selected {
  lead: LeadUnit | null
  supporting: { id: string; name: string }[]
  districtOffices: readonly string[]
}

/** Adds lead and supporting units: two statements for any number of tasks, and one more for cases. */
async function withUnits(db: Reader, rows: readonly Selected[]): Promise<FullTask[]> {
  const leads = await leadsOf(
    db,
    rows.flatMap(({ body }) => body?.id ?? []),
  )
  const offices = await districtOfficesOf(
    db,
    rows.flatMap(({ task, unit }) => (task.kind === 'case' && unit.districtCode) || []),
  )
  const helping = await db
    .select({ taskId: taskUnits.taskId, id: units.id, name: units.name })
    .from(taskUnits)
    .innerJoin(units, eq(units.id, taskUnits.unitId))
    .where(
      inArray(
        taskUnits.taskId,
        rows.map(({ task }) => task.id),
      ),
    )
    .orderBy(asc(taskUnits.id))
  const of = Map.groupBy(helping, ({ taskId }) => taskId)
  return rows.map((row) => ({
    ...row,
    lead: (row.body && leads.get(row.body.id)) ?? null,
    districtOffices: offices.get(row.unit.districtCode ?? '') ?? [],
    supporting: (of.get(row.task.id) ?? []).map(({ id, name }) => ({ id, name })),
  }))
}

/** The lead unit of each body; of several the one that has led longest. */
export async function leadsOf(db: Reader, bodyIds: readonly string[]): Promise<Map<string, LeadUnit>> {
  if (bodyIds.length === 0) return new Map()
  const rows = await db
    .select({
      bodyId: bodyMembers.bodyId,
      id: units.id,
      name: units.name,
      path: units.path,
      districtCode: units.districtCode,
    })
    .from(bodyMembers)
    .innerJoin(units, eq(units.id, bodyMembers.unitId))
    .innerJoin(workingBodies, eq(workingBodies.id, bodyMembers.bodyId))
    .where(
      and(
        inArray(bodyMembers.bodyId, [...new Set(bodyIds)]),
        eq(bodyMembers.role, 'lead'),
        isNull(bodyMembers.leftAt),
        isNull(workingBodies.closedAt),
        isNull(units.closedAt),
      ),
    )
    .orderBy(desc(bodyMembers.since), desc(bodyMembers.id))
  return new Map(rows.map(({ bodyId, ...unit }) => [bodyId, unit]))
}

/** The units that are the office of each district. */
export async function districtOfficesOf(
  db: Reader,
  districts: readonly string[],
): Promise<Map<string, readonly string[]>> {
  if (districts.length === 0) return new Map()
  const charge = alias(bodyMembers, 'charge')
  const rows = await db
    .select({ district: charge.districtCode, unitId: bodyMembers.unitId })
    .from(workingBodies)
    .innerJoin(bodyMembers, and(eq(bodyMembers.bodyId, workingBodies.id), eq(bodyMembers.role, 'lead')))
    .innerJoin(charge, and(eq(charge.bodyId, workingBodies.id), eq(charge.role, 'charge')))
    .where(
      and(
        eq(workingBodies.kind, 'district_office'),
        isNull(workingBodies.closedAt),
        isNull(bodyMembers.leftAt),
        isNull(charge.leftAt),
        inArray(charge.districtCode, [...new Set(districts)]),
      ),
    )
  const of = Map.groupBy(rows, ({ district }) => district ?? '')
  return new Map([...of].map(([district, some]) => [district, some.flatMap(({ unitId }) => unitId ?? [])]))
}

const missing = (taskId: string) =>
  new DomainError('missing', 'task.missing', 'There is no such task.', { taskId })

/** One task within reach. @throws DomainError `task.missing` */
export async function fullTask(db: Reader, taskId: string, reader: Actor): Promise<FullTask> {
  const [found] = await fullTasks(
    db,
    and(eq(tasks.id, taskId), tasksWithin(db, reachOf(reader, 'tasks.read'))),
  )
  if (!found) throw missing(taskId)
  return found
}

/** Every task of a condition, whoever reaches it: for the service's own work. */
export async function fullTasks(db: Reader, where: SQL | undefined): Promise<FullTask[]> {
  return withUnits(db, await selectTasks(db).where(where).orderBy(asc(tasks.position), asc(tasks.id)))
}

export interface TaskFilter {
  bookId?: string
  /** Owed by this unit. */
  unitId?: string
  state?: TaskState
  overdue?: boolean
  zoneId?: string
  /** What waits for a decision. */
  desk?: Desk
  leaderPersonId?: string
  kind?: TaskKind
  open?: boolean
  explained?: boolean
  cursor?: string
  limit?: number
}

/** Issued, and neither signed off nor cancelled. */
const isOwed = and(isNotNull(tasks.issuedAt), isNull(tasks.closedAt), isNull(tasks.cancelledAt))!

const undecided = and(isNull(tasks.closedAt), isNull(tasks.cancelledAt))
const waitingAt: Record<Desk, SQL | undefined> = {
  returns: and(undecided, isNotNull(tasks.returnedAt)),
  extensions: and(undecided, eq(tasks.asked, 'extension')),
  suspensions: and(undecided, eq(tasks.asked, 'suspension')),
  disputes: and(undecided, isNotNull(tasks.disputedAt)),
  reports: and(undecided, isNotNull(tasks.reportedAt)),
}

/** A keyset page of tasks within reach, the earliest deadline first; those of one book in the order of the book. */
export async function listTasks(db: Reader, filter: TaskFilter, { reader, at }: Looking) {
  const { bookId, unitId, state, overdue, zoneId, desk, leaderPersonId, kind, open, explained } = filter
  const { cursor, limit = 50 } = filter
  const where = and(
    tasksWithin(db, reachOf(reader, 'tasks.read')),
    bookId ? eq(tasks.bookId, bookId) : undefined,
    unitId ? eq(tasks.unitId, unitId) : undefined,
    zoneId ? eq(tasks.zoneId, zoneId) : undefined,
    state ? sql`${stateInSql} = ${state}` : undefined,
    overdue ? isOverdueRow(at) : undefined,
    leaderPersonId ? eq(tasks.leaderPersonId, leaderPersonId) : undefined,
    desk ? waitingAt[desk] : undefined,
    kind ? eq(tasks.kind, kind) : undefined,
    open === undefined ? undefined : open ? isOwed : not(isOwed),
    explained === undefined ? undefined : explained ? isExplained(db) : not(isExplained(db)),
  )
  return pageOfTasks(db, where, { cursor, limit }, bookId ? byPosition : byDeadline)
}

/** 待办: what the units within `reach` owe and have not done, the earliest deadline first. */
export async function listOwed(db: Reader, reach: Reach, paging: { cursor?: string; limit?: number }) {
  const own = reach.everything
    ? undefined
    : inArray(tasks.unitId, db.select({ id: units.id }).from(units).where(unitsWithin(reach)))
  return pageOfTasks(db, and(isOwed, isNull(tasks.reportedAt), own), paging, byDeadline)
}

type Key = TaskRow['position'] | TaskRow['dueOrder'] | string
interface Order {
  columns: readonly [typeof tasks.position | typeof tasks.dueOrder, typeof tasks.id]
  keyOf(task: TaskRow): Key[]
}
const byPosition: Order = {
  columns: [tasks.position, tasks.id],
  keyOf: ({ position, id }) => [position, id],
}
const byDeadline: Order = {
  columns: [tasks.dueOrder, tasks.id],
  keyOf: ({ dueOrder, id }) => [dueOrder, id],
}

async function pageOfTasks(
  db: Reader,
  where: SQL | undefined,
  { cursor, limit = 50 }: { cursor?: string | undefined; limit?: number },
  { columns, keyOf }: Order,
) {
  const [first, id] = columns
  const rows = await selectTasks(db)
    .where(and(where, after([first, id], cursor)))
    .orderBy(asc(first), asc(id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ task }) => keyOf(task))
  return { ...page, items: await withUnits(db, page.items) }
}

/** The moves of a task in order, with the names of who made them and of the units they name. */
export function movesOf(db: Reader, taskId: string) {
  const acting = alias(units, 'acting')
  const named = alias(units, 'named')
  return db
    .select({
      move: taskMoves,
      by: { id: users.id, name: users.name },
      byUnit: { id: acting.id, name: acting.name },
      unit: { id: named.id, name: named.name },
    })
    .from(taskMoves)
    .leftJoin(users, eq(users.id, taskMoves.byUserId))
    .leftJoin(acting, eq(acting.id, taskMoves.byUnitId))
    .leftJoin(named, eq(named.id, taskMoves.unitId))
    .where(eq(taskMoves.taskId, taskId))
    .orderBy(asc(taskMoves.sequence))
}
export type NamedMove = Awaited<ReturnType<typeof movesOf>>[number]
