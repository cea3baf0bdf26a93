import { and, asc, desc, eq, ne, sql } from 'drizzle-orm'
import type { Reader } from '../database/port.ts'
import { after, pageOf } from '../http/page.ts'
import { isoOf } from '../time.ts'
import type { Job } from './claim.ts'
import type { JobQuery, JobView } from './contract.ts'
import { jobs } from './schema.ts'
import type { JobState } from './words.ts'

export function presentJob({ claim: _, leaseUntil: __, ...job }: Job): JobView {
  return {
    ...job,
    runAt: isoOf(job.runAt),
    createdAt: isoOf(job.createdAt),
    finishedAt: job.finishedAt && isoOf(job.finishedAt),
  }
}

/** Jobs, newest first. */
export async function listJobs(db: Reader, { state, kind, cursor, limit = 50 }: JobQuery) {
  const rows = await db
    .select()
    .from(jobs)
    .where(
      and(
        state ? eq(jobs.state, state) : undefined,
        kind ? eq(jobs.kind, kind) : undefined,
        after([jobs.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(jobs.id))
    .limit(limit + 1)
  const { items, nextCursor } = pageOf(rows, limit, (job) => [job.id])
  return { items: items.map(presentJob), nextCursor }
}

/** Jobs about one thing that are waiting, running or dead. */
export async function unfinishedAbout(
  db: Reader,
  about: string,
): Promise<{ kind: string; state: JobState; error: string | null }[]> {
  return db
    .select({ kind: jobs.kind, state: jobs.state, error: jobs.lastError })
    .from(jobs)
    .where(and(eq(jobs.about, about), ne(jobs.state, 'done')))
    .orderBy(asc(jobs.id))
}

/** The number of dead jobs by kind, for kinds that have some. */
export async function deadJobs(db: Reader): Promise<{ kind: string; jobs: number }[]> {
  return db
    .select({ kind: jobs.kind, jobs: sql<number>`count(*)`.mapWith(Number) })
    .from(jobs)
    .where(eq(jobs.state, sql`'dead'`))
    .groupBy(jobs.kind)
    .orderBy(asc(jobs.kind))
}

export async function summariseJobs(db: Reader): Promise<{ kind: string; state: JobState; jobs: number }[]> {
  return db
    .select({ kind: jobs.kind, state: jobs.state, jobs: sql<number>`count(*)`.mapWith(Number) })
    .from(jobs)
    .groupBy(jobs.kind, jobs.state)
    .orderBy(asc(jobs.kind), asc(jobs.state))
}
