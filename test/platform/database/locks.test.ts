/** Another process holds the file: whoever needs it waits, and everybody else goes on. */
import Sqlite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { rowsOf } from '#platform/database/dialect.ts'
import { dialect } from '#platform/database/kit.ts'
import { readerOn } from '#platform/database/sqlite.ts'
import { targetOf } from '#platform/database/url.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { openTestDatabase } from '#test/support/database.ts'

const version = sql`select count(*) as n from applied_migrations`

/** Holds the file as another process does that writes, until it is let go. */
function held(file: string) {
  const holder = new Sqlite(file, { timeout: 0 })
  holder.exec('BEGIN IMMEDIATE')
  return () => {
    holder.exec('ROLLBACK')
    holder.close()
  }
}

describe.runIf(dialect === 'sqlite')('on SQLite', () => {
  test('a lock of another process holds up those who write, and nothing else of this process', async () => {
    await using made = await openTestDatabase()
    const { file } = targetOf(made.url) as { file: string }
    const letGo = held(file)
    const seen: string[] = []
    const writes = [1, 2].map((n) =>
      made.db.transaction(async () => n).then((done) => void seen.push(`write ${done}`)),
    )
    for (let turn = 0; turn < 5; turn++) {
      await new Promise((later) => setTimeout(later, 10))
      await made.db.read.$count(jobs)
      await made.db.snapshot((reader) => rowsOf(reader, version))
      seen.push('read')
    }
    letGo()
    await Promise.all(writes)
    expect(seen).toEqual([...Array(5).fill('read'), 'write 1', 'write 2'])
  })

  test('a read that finds the file taken waits until it is free, whether it is prepared or not', async () => {
    await using made = await openTestDatabase()
    const { file } = targetOf(made.url) as { file: string }
    await made.db.close()
    // Only who holds a file alone that has no log keeps readers out.
    const holder = new Sqlite(file, { timeout: 0 })
    holder.pragma('journal_mode = DELETE')
    const onlooker = new Sqlite(file, { readonly: true, timeout: 0 })
    const looking = readerOn(onlooker)
    const again = looking.select({ id: jobs.id }).from(jobs).prepare('test.again')
    holder.exec('BEGIN EXCLUSIVE')
    const seen: string[] = []
    const reads = [
      again.execute().then((rows) => seen.push(`prepared ${rows.length}`)),
      looking
        .select({ id: jobs.id })
        .from(jobs)
        .then((rows) => seen.push(`built ${rows.length}`)),
      looking.$count(jobs).then((rows) => seen.push(`counted ${rows}`)),
      rowsOf(looking, version).then((rows) => seen.push(`said ${rows.length}`)),
    ]
    await new Promise((later) => setTimeout(later, 50))
    expect(seen).toEqual([])
    holder.exec('COMMIT')
    await Promise.all(reads)
    expect(seen.sort()).toEqual(['built 0', 'counted 0', 'prepared 0', 'said 1'])
    onlooker.close()
    holder.close()
  })

  test('after five seconds everybody who has waited for it is refused at once', async () => {
    await using made = await openTestDatabase()
    const { file } = targetOf(made.url) as { file: string }
    const letGo = held(file)
    const outcomes = await Promise.allSettled([1, 2, 3].map((n) => made.db.transaction(async () => n)))
    letGo()
    expect(outcomes.map((each) => each.status === 'rejected' && each.reason.code)).toEqual(
      Array(3).fill('database.unavailable'),
    )
    expect(await made.db.transaction(async () => 'free')).toBe('free')
  })
})
