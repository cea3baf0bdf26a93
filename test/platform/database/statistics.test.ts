import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { rowsOf } from '#platform/database/dialect.ts'
import { dialect } from '#platform/database/kit.ts'
import { type Database, inChunks } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { startWorker } from '#platform/jobs/worker.ts'
import { systemClock } from '#platform/time.ts'
import { startApp } from '#test/support/app.ts'
import { openTestDatabase } from '#test/support/database.ts'

/** Jobs that are all done, each of its own kind: only the kind is worth asking for. */
async function manyJobs(db: Database, count: number): Promise<void> {
  const now = systemClock.now()
  const rows = Array.from({ length: count }, () => {
    const id = newId()
    return { id, kind: id, params: {}, state: 'done' as const, runAt: now, createdAt: now }
  })
  await db.transaction((tx) => inChunks(rows, 200, (some) => tx.insert(jobs).values(some)))
}

/** How many rows the planner believes a table to have; undefined when it has not counted. */
async function believed(db: Database, table: string): Promise<number | undefined> {
  const asked =
    db.dialect === 'sqlite'
      ? sql`select cast(stat as integer) as rows from sqlite_stat1 where tbl = ${table}`
      : sql`select reltuples as rows from pg_class where relname = ${table} and reltuples >= 0`
  const found = await rowsOf<{ rows: number }>(db.read, asked)
  return found.length === 0 ? undefined : Math.max(...found.map(({ rows }) => Number(rows)))
}

test('the planner learns how many rows a table has, and takes none for small', async () => {
  await using made = await openTestDatabase()
  const { db } = made
  await manyJobs(db, 900)
  await db.refreshStatistics()
  expect(await believed(db, 'jobs')).toBe(db.dialect === 'sqlite' ? 10_000 : 900)
  // PostgreSQL takes a table that it knows nothing of for ten pages.
  expect(await believed(db, 'persons')).toBe(db.dialect === 'sqlite' ? 10_000 : undefined)
  await manyJobs(db, db.dialect === 'sqlite' ? 11_000 : 900)
  await db.refreshStatistics()
  if (db.dialect === 'sqlite') expect(await believed(db, 'jobs')).toBeGreaterThan(11_000)
  else expect(await believed(db, 'jobs')).toBe(1800)
})

test.runIf(dialect === 'sqlite')(
  'whoever reads goes by the statistics without connecting again',
  async () => {
    await using made = await openTestDatabase()
    const { db } = made
    const plan = async (round: string) => {
      // To explain a statement is not to run it: only what runs notices that the schema has changed, so it is compiled anew.
      await db.read.$count(jobs)
      const asked = sql`select id from jobs where state = 'done' and run_at > 0 and kind = ${sql.raw(`'${round}'`)}`
      const steps = await rowsOf<{ detail: string }>(db.read, sql`explain query plan ${asked}`)
      return steps.map(({ detail }) => detail).join()
    }
    if (db.dialect === 'postgresql') return
    const before = await plan('first')
    await manyJobs(db, 1200)
    await db.refreshStatistics()
    expect([before, await plan('second')].map((said) => /INDEX (\w+)/.exec(said)?.[1])).toEqual([
      'jobs_due',
      'jobs_kind',
    ])
  },
)

test('a service counts them by itself, time and again', async () => {
  await using app = await startApp({ worker: false, unused: true })
  await manyJobs(app.db, 1100)
  const worker = startWorker(app.context, app.jobs, { pollMs: 50 })
  await worker.idle()
  expect(await believed(app.db, 'jobs')).toBeGreaterThanOrEqual(1100)
  await manyJobs(app.db, 1100)
  app.clock.advance({ minutes: 15 })
  app.context.jobs.wake()
  await worker.idle()
  await worker.stop()
  expect(await believed(app.db, 'jobs')).toBeGreaterThanOrEqual(2200)
})
