import { sql } from 'drizzle-orm'
import { index, instant, int, json, table, text, uniqueIndex } from '#platform/database/kit.ts'
import type { JobState } from './words.ts'

/** Jobs: enqueued in a transaction, run after its commit. */
export const jobs = table(
  'jobs',
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    /** The deduplication key, unique among waiting jobs: enqueuing it twice adds one job. */
    key: text(),
    params: json<Record<string, unknown>>().notNull(),
    state: text<JobState>().notNull(),
    runAt: instant().notNull(),
    /** Names the claim of the worker that runs it; a worker whose claim was taken over records nothing. */
    claim: text(),
    leaseUntil: instant(),
    /** The thing the job is about, as `kind:ID`. Not interpreted here. */
    about: text(),
    /** Runs since the last progress that ended with success or failure. */
    attempts: int().notNull().default(0),
    /** Runs since the last progress during which the worker died. */
    interruptions: int().notNull().default(0),
    lastError: text(),
    createdAt: instant().notNull(),
    finishedAt: instant(),
  },
  (t) => [
    uniqueIndex('jobs_waiting_key').on(t.key).where(sql`state = 'waiting'`),
    index('jobs_running_key').on(t.key).where(sql`state = 'running'`),
    index('jobs_due').on(t.state, t.runAt, t.id),
    index('jobs_kind').on(t.kind, t.id),
    index('jobs_about').on(t.about).where(sql`state <> 'done'`),
    index('jobs_dead').on(t.kind).where(sql`state = 'dead'`),
  ],
)
