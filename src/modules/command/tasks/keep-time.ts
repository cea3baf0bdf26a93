import { and, asc, eq, isNotNull, isNull, lte, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { eachApart } from '#platform/jobs/each-apart.ts'
import type { AppContext } from '#src/context.ts'
import { endOfNextWorkday } from '../due-rules.ts'
import { officeTime } from '../office-time.ts'
import { tasks } from '../schema.ts'
import { moveByTime } from './service-moves.ts'
import { fullTasks } from './task-queries.ts'

/**
 * Makes the moves whose time has come: a return that the issuer did not decide within a working day is upheld (silence
 * keeps the task where it was), and a suspension ends at its date. Each is dated to that moment, however late the job runs.
 */
export async function keepTime({
  db,
  now,
  config,
}: Pick<AppContext, 'db' | 'now' | 'config'>): Promise<void> {
  const at = now()
  const returned = and(isNotNull(tasks.returnedAt), lte(tasks.returnedAt, at))
  const over = and(isNotNull(tasks.suspendedAt), lte(tasks.suspendedUntil, at))
  const due = await db.read
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(alive, or(returned, over)))
    .orderBy(asc(tasks.id))
  await eachApart(due, ({ id }) => db.transaction((tx) => keepTimeOf(tx, id, { config, at })))
}

const alive = and(isNull(tasks.closedAt), isNull(tasks.cancelledAt))

async function keepTimeOf(
  tx: Writer,
  taskId: string,
  { config, at }: { config: AppContext['config']; at: DateTime },
): Promise<void> {
  const [full] = await fullTasks(tx, and(alive, eq(tasks.id, taskId)))
  if (!full) return
  const office = await officeTime(tx, config)
  const { returnedAt, suspendedAt, suspendedUntil } = full.task
  const decidedBy = returnedAt && endOfNextWorkday(office, returnedAt)
  if (decidedBy && decidedBy <= at) await moveByTime(tx, full, { kind: 'uphold', office, at: decidedBy })
  else if (suspendedAt && suspendedUntil && suspendedUntil <= at)
    await moveByTime(tx, full, { kind: 'resume', office, at: suspendedUntil })
}
