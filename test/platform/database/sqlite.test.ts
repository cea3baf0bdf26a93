import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { rowsOf } from '#platform/database/dialect.ts'
import { dialect } from '#platform/database/kit.ts'
import type { Writer } from '#platform/database/port.ts'
import { connectSqlite } from '#platform/database/sqlite.ts'
import { targetOf } from '#platform/database/url.ts'
import { newId } from '#platform/ids.ts'
import { jobs } from '#platform/jobs/schema.ts'
import { systemClock } from '#platform/time.ts'
import { openTestDatabase } from '#test/support/database.ts'

/** Lets the file grow no further than so many pages (never below its present size). */
async function limitPages(tx: Writer, pages: number): Promise<void> {
  await rowsOf(tx, sql.raw(`pragma max_page_count = ${pages}`))
}

function row(padding = '') {
  const now = systemClock.now()
  return {
    id: newId(),
    kind: 'row',
    params: { padding },
    state: 'waiting' as const,
    runAt: now,
    createdAt: now,
  }
}

describe.runIf(dialect === 'sqlite')('on SQLite', () => {
  test('a WAL file that is opened again keeps synchronous=FULL on every connection', () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-wal-'))
    const file = join(folder, 'db.sqlite')
    connectSqlite(file).close()
    const bare = new Sqlite(file)
    expect(bare.pragma('synchronous', { simple: true })).toBe(1) // what better-sqlite3 would do by itself: NORMAL
    bare.close()
    for (const options of [{}, { readonly: true }]) {
      const again = connectSqlite(file, options)
      expect(again.pragma('synchronous', { simple: true })).toBe(2)
      expect(again.pragma('foreign_keys', { simple: true })).toBe(1)
      again.close()
    }
    rmSync(folder, { recursive: true })
  })

  test('what was acknowledged is in the file and its log, without a checkpoint or a clean end', async () => {
    await using made = await openTestDatabase()
    await Promise.all(
      Array.from({ length: 50 }, () => made.db.transaction((tx) => tx.insert(jobs).values(row()))),
    )
    const { file } = targetOf(made.url) as { file: string }
    for (const end of ['', '-wal']) copyFileSync(file + end, `${file}.copy${end}`)
    const copy = new Sqlite(`${file}.copy`)
    expect(copy.prepare('select count(*) as n from jobs').get()).toEqual({ n: 50 })
    copy.close()
  })

  test('on a full disk everybody of the group is refused, nothing is kept, and it recovers by itself', async () => {
    await using made = await openTestDatabase()
    const { file } = targetOf(made.url) as { file: string }
    const { db } = made
    await db.transaction((tx) => tx.insert(jobs).values(row()))
    // A page limit makes SQLite answer SQLITE_FULL just as a full disk does; it holds for the writer's connection.
    await db.transaction(async (tx) => limitPages(tx, 1))
    const large = () => db.transaction((tx) => tx.insert(jobs).values(row('x'.repeat(200_000))))
    const outcomes = await Promise.allSettled([large(), large(), large()])
    expect(outcomes.map((outcome) => (outcome as PromiseRejectedResult).reason.code)).toEqual(
      Array(3).fill('database.unavailable'),
    )
    expect(await db.read.$count(jobs)).toBe(1)
    await db.transaction(async (tx) => limitPages(tx, 1_000_000))
    await db.transaction((tx) => tx.insert(jobs).values(row()))
    const check = connectSqlite(file, { readonly: true })
    expect(check.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(check.prepare('select count(*) as n from jobs').get()).toEqual({ n: 2 })
    check.close()
  })
})
