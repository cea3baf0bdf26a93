import { and, eq } from 'drizzle-orm'
import { type AuditActor, record } from '../audit/index.ts'
import { afterCommit, type Writer } from '../database/port.ts'
import { violationOf } from '../database/violations.ts'
import { DomainError } from '../errors.ts'
import type { Job } from './claim.ts'
import type { Queue } from './queue.ts'
import { jobs } from './schema.ts'

/**
 * Makes a dead job wait again, with all its attempts. Repeating it changes nothing.
 * @throws DomainError `job.missing`, `job.not_dead`, `job.asked_again` (another with its key waits already)
 */
export async function retryJob(
  tx: Writer,
  queue: Queue,
  { id, by }: { id: string; by: AuditActor },
): Promise<Job> {
  const at = queue.clock.now()
  const set = { state: 'waiting' as const, attempts: 0, interruptions: 0, runAt: at, finishedAt: null }
  const [revived] = await tx
    .update(jobs)
    .set(set)
    .where(and(eq(jobs.id, id), eq(jobs.state, 'dead')))
    .returning()
    .catch((error: unknown) => {
      if (violationOf(error)?.kind !== 'unique') throw error
      throw new DomainError('conflict', 'job.asked_again', 'Another job with this key waits already.')
    })
  if (revived) {
    await record(tx, { action: 'job.revived', subject: `job:${id}`, by, at, details: { kind: revived.kind } })
    afterCommit(tx, queue.wake)
    return revived
  }
  const [job] = await tx.select().from(jobs).where(eq(jobs.id, id))
  if (!job) throw new DomainError('missing', 'job.missing', 'There is no such job.')
  if (job.state === 'waiting') return job
  throw new DomainError('conflict', 'job.not_dead', 'Only a dead job can be tried again.', {
    state: job.state,
  })
}
