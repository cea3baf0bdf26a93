import { and, eq } from 'drizzle-orm'
import { fullTasks, type OfficeTime, withdrawTask } from '#modules/command/index.ts'
import { tasks } from '#modules/command/schema.ts'
import { unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, reachOf } from '#platform/http/access.ts'
import { appeals } from '../../schema.ts'

/**
 * The unit takes its appeal back before it is decided. The appeal stays on the list; the observation may be appealed against
 * again while there is time. Taking it back again changes nothing.
 * @throws DomainError `appeal.missing`; conflict `appeal.decided`
 */
export async function withdrawAppeal(
  tx: Writer,
  {
    appealId,
    reason,
    office,
    by,
    at,
  }: Doing & { appealId: string; reason: string | null; office: OfficeTime },
): Promise<void> {
  const [found] = await tx
    .select({ appeal: appeals })
    .from(appeals)
    .innerJoin(tasks, eq(tasks.id, appeals.taskId))
    .innerJoin(units, eq(units.id, tasks.unitId))
    .where(and(eq(appeals.id, appealId), unitsWithin(reachOf(by, 'tasks.report'))))
  if (!found) throw new DomainError('missing', 'appeal.missing', 'There is no such appeal.', { appealId })
  const { appeal } = found
  if (appeal.outcome === 'withdrawn') return
  if (appeal.outcome) throw new DomainError('conflict', 'appeal.decided', 'It was decided already.')
  const [full] = await fullTasks(tx, eq(tasks.id, appeal.taskId))
  await withdrawTask(tx, full!, { reason, office, by, at })
  await tx
    .update(appeals)
    .set({ outcome: 'withdrawn', decidedAt: at, version: appeal.version + 1 })
    .where(eq(appeals.id, appealId))
  await record(tx, { action: 'appeal.withdrawn', subject: `appeal:${appealId}`, by, at })
}
