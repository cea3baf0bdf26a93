import { and, isNotNull, isNull, lte, type SQL } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import type { AppContext } from '#src/context.ts'
import { endOfNextWorkday, type OfficeTime } from '../due-rules.ts'
import { officeTime } from '../office-time.ts'
import { tasks } from '../schema.ts'
import { moveByTime } from './service-moves.ts'
import { type FullTask, fullTasks } from './task-queries.ts'

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
  await db.transaction(async (tx) => {
    const office = await officeTime(tx, config)
    await upholdReturns(tx, office, at)
    await endSuspensions(tx, office, at)
  })
}

const alive = and(isNull(tasks.closedAt), isNull(tasks.cancelledAt))

async function due(tx: Writer, where: SQL | undefined): Promise<FullTask[]> {
  return fullTasks(tx, and(alive, where))
}

async function upholdReturns(tx: Writer, office: OfficeTime, at: DateTime): Promise<void> {
  const returned = await due(tx, and(isNotNull(tasks.returnedAt), lte(tasks.returnedAt, at)))
  for (const full of returned) {
    const decidedBy = endOfNextWorkday(office, full.task.returnedAt!)
    if (decidedBy <= at) await moveByTime(tx, full, { kind: 'uphold', office, at: decidedBy })
  }
}

async function endSuspensions(tx: Writer, office: OfficeTime, at: DateTime): Promise<void> {
  const over = await due(tx, and(isNotNull(tasks.suspendedAt), lte(tasks.suspendedUntil, at)))
  for (const full of over) {
    await moveByTime(tx, full, { kind: 'resume', office, at: full.task.suspendedUntil! })
  }
}
