import { and, asc, eq, inArray, isNotNull, isNull, lte, ne, notExists, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { addWorkdays } from '#platform/calendar/rules.ts'
import type { Reader } from '#platform/database/port.ts'
import { eachApart, piecesOf } from '#platform/jobs/each-apart.ts'
import { dayIn } from '#platform/time.ts'
import type { AppContext } from '#src/context.ts'
import { dueOn, type OfficeTime } from '../due-rules.ts'
import { officeTime } from '../office-time.ts'
import { taskMoves, tasks } from '../schema.ts'
import { measureOf } from '../tasks/move-rules.ts'
import { escalateTask } from '../tasks/service-moves.ts'
import { type FullTask, fullTasks } from '../tasks/task-queries.ts'
import { draftNotices } from './draft-notice.ts'
import type { Escalation } from './escalate-types.ts'
import { escalationId, levelsReached } from './escalation-rules.ts'
import { tellEscalated, tellUnchecked, tellUndecided } from './tell.ts'

/** Longer than any holiday between a deadline and the working day before it. */
const aheadDays = 14

/**
 * Escalates every task that is owed and not reported, once for each level of each deadline of each cycle, and tells whom it
 * concerns in their next digest. Nothing while an extension or a dispute is undecided, or after it was carried over.
 */
export async function escalateDue({ db, now, config }: AppContext): Promise<void> {
  const at = now()
  const ids = await dueIds(db.read, at)
  await eachApart(piecesOf(ids, 100), (some) =>
    db.transaction(async (tx) => {
      const office = await officeTime(tx, config)
      const found = await escalationsOf(tx, office, await fullTasks(tx, inArray(tasks.id, some)), at)
      for (const { full, level } of found) await escalateTask(tx, full.task.id, { level, at })
      await draftNotices(tx, found, { zone: config.timeZone, at })
      await tellEscalated(tx, found, { office, at })
    }),
  )
}

/** What waits for somebody else than the unit: since when, on which working day after that it is told, and to whom. */
const waits = {
  unchecked: { since: 'reportedAt', days: 3, tell: tellUnchecked },
  undecided: { since: 'disputedAt', days: 2, tell: tellUndecided },
} as const

/** A report that waits for three working days is escalated to whoever checks it, once for each report. */
export const escalateUnchecked = (context: AppContext) => escalateWaiting(context, 'unchecked')

/** A dispute that nobody decided by the second working day after it is escalated to whoever may decide, once. */
export const escalateUndecided = (context: AppContext) => escalateWaiting(context, 'undecided')

async function escalateWaiting({ db, now, config }: AppContext, level: keyof typeof waits): Promise<void> {
  const { since: column, days, tell } = waits[level]
  const at = now()
  const { calendar } = await officeTime(db.read, config)
  const since = dueOn(
    { calendar, zone: config.timeZone },
    addWorkdays(calendar, dayIn(at, config.timeZone), -days).day,
  )
  const rows = await db.read
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        isNotNull(tasks[column]),
        lte(tasks[column], since),
        isNull(tasks.closedAt),
        isNull(tasks.cancelledAt),
      ),
    )
    .orderBy(asc(tasks.id))
  await eachApart(piecesOf(rows, 100), (some) =>
    db.transaction(async (tx) => {
      const office = await officeTime(tx, config)
      const waiting: FullTask[] = []
      const ids = some.map(({ id }) => id)
      for (const full of await fullTasks(tx, inArray(tasks.id, ids))) {
        const { task } = full
        if (task[column] === null || task.closedAt !== null || task.cancelledAt !== null) continue
        if (await escalateTask(tx, task.id, { level, at })) waiting.push(full)
      }
      await tell(tx, waiting, { office, at })
    }),
  )
}

/** Owed, due or almost, and not told at every level of this deadline yet. */
async function dueIds(db: Reader, at: DateTime): Promise<string[]> {
  const { issuedAt, reportedAt, returnedAt, suspendedAt, closedAt, cancelledAt, disputedAt, carriedIntoId } =
    tasks
  const none = [reportedAt, returnedAt, suspendedAt, closedAt, cancelledAt, disputedAt, carriedIntoId]
  const told = db
    .select({ id: taskMoves.taskId })
    .from(taskMoves)
    .where(
      and(
        eq(taskMoves.taskId, tasks.id),
        eq(taskMoves.kind, 'escalate'),
        eq(taskMoves.amount, 4),
        eq(taskMoves.cycle, tasks.cycle),
        eq(taskMoves.dueAt, tasks.dueAt),
      ),
    )
  const rows = await db
    .select({ id: tasks.id })
    .from(tasks)
    .where(
      and(
        isNotNull(issuedAt),
        ...none.map((column) => isNull(column)),
        lte(tasks.dueAt, at.plus({ days: aheadDays })),
        or(isNull(tasks.asked), ne(tasks.asked, 'extension')),
        notExists(told),
      ),
    )
    .orderBy(asc(tasks.id))
  return rows.map(({ id }) => id)
}

/** The levels that were reached and not told. */
async function escalationsOf(
  db: Reader,
  office: OfficeTime,
  some: readonly FullTask[],
  at: DateTime,
): Promise<Escalation[]> {
  const ids = some.map(({ task }) => task.id)
  const told = await db
    .select({ taskId: taskMoves.taskId, operationId: taskMoves.operationId })
    .from(taskMoves)
    .where(and(inArray(taskMoves.taskId, ids), eq(taskMoves.kind, 'escalate')))
  const known = new Set(told.map(({ taskId, operationId }) => `${taskId} ${operationId}`))
  return some.flatMap((full) => {
    const { task } = full
    const { issuedAt, dueAt, cycle } = task
    if (!issuedAt || !dueAt) return []
    const reached = levelsReached(office, { issuedAt, dueAt, measure: measureOf(task) }, at)
    return reached
      .filter((level) => !known.has(`${task.id} ${escalationId(level, { cycle, dueAt })}`))
      .map((level) => ({ full, level }))
  })
}
