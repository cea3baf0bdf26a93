import { sql } from 'drizzle-orm'
import { index, instant, int, json, table, text, uniqueIndex } from '#platform/database/kit.ts'
import type { JobState } from './words.ts'

/** Work that was promised in a transaction and is done after it. */
export const jobs = table(
  'jobs',
  {
    id: text().primaryKey(),
    kind: text().notNull(),
    /** What this job is about, unique among those that wait: asking twice is asking once. */
    key: text(),
    params: json<Record<string, unknown>>().notNull(),
    state: text<JobState>().notNull(),
    runAt: instant().notNull(),
    /** Names the claim of the worker that runs it; a worker whose claim was taken over records nothing. */
    claim: text(),
    leaseUntil: instant(),
    attempts: int().notNull().default(0),
    lastError: text(),
    createdAt: instant().notNull(),
    finishedAt: instant(),
  },
  (t) => [
    uniqueIndex('jobs_waiting_key').on(t.key).where(sql`state = 'waiting'`),
    index('jobs_running_key').on(t.key).where(sql`state = 'running'`),
    index('jobs_due').on(t.state, t.runAt, t.id),
    index('jobs_kind').on(t.kind, t.id),
  ],
)
