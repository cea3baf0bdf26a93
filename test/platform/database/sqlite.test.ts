import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import { describe, expect, test } from 'vitest'
import { importFiles } from '#modules/imports/schema.ts'
import { rowsOf } from '#platform/database/dialect.ts'
import { dialect } from '#platform/database/kit.ts'
import { connection, type Writer } from '#platform/database/port.ts'
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

  test('a database is readable by its owner alone, and one that was open to others is refused with what to do', () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-modes-'))
    const file = join(folder, 'db.sqlite')
    const open = connectSqlite(file)
    open.exec('create table t (id integer)')
    const modes = ['', '-wal', '-shm'].map((end) => (statSync(file + end).mode & 0o777).toString(8))
    expect(modes).toEqual(['600', '600', '600'])
    open.close()
    for (const mode of [0o640, 0o604, 0o644]) {
      chmodSync(file, mode)
      expect(() => connectSqlite(file, { readonly: mode === 0o604 })).toThrow(
        `${file} holds personal data but has mode 0${mode.toString(8)}; stop what uses it, and run: chmod 600 ${file}*`,
      )
    }
    rmSync(folder, { recursive: true })
  })

  test('the log is copied into the file meanwhile, by none of those who write', async () => {
    await using made = await openTestDatabase()
    const { file } = targetOf(made.url) as { file: string }
    const padding = 'x'.repeat(20_000)
    const write = () => made.db.transaction((tx) => tx.insert(jobs).values(row(padding)))
    for (let commits = 0; commits < 300; commits++) await write()
    const onlooker = new Sqlite(file)
    const state = () => onlooker.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[]
    await expect.poll(() => state()[0]?.checkpointed).toBeGreaterThan(1000)
    await write()
    expect(onlooker.prepare('select count(*) as n from jobs').get()).toEqual({ n: 301 })
    onlooker.close()
    await made.db.close()
    expect(existsSync(`${file}-wal`)).toBe(false) // the last to close has copied the rest
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

  test('when the COMMIT itself fails, everybody of the group is refused, nothing is kept, and the next one works', async () => {
    await using made = await openTestDatabase()
    const { db } = made
    /** A foreign key that is checked at the COMMIT, and fails there. */
    const orphan = () =>
      db.transaction(async (tx) => {
        const on = connection(tx) as unknown as BetterSQLite3Database
        on.run(sql.raw('pragma defer_foreign_keys = on'))
        const file = { id: newId(), importId: newId(), ordinal: 0, sizeBytes: 1, name: Buffer.from('') }
        await tx.insert(importFiles).values(file)
      })
    const write = () => db.transaction((tx) => tx.insert(jobs).values(row()))
    // On a slow machine a group may end before the others join it: asked again until several failed together.
    let [written, together] = [0, 0]
    for (let tries = 0; together < 2 && tries < 50; tries++) {
      const outcomes = await Promise.allSettled([write(), orphan(), write(), write()])
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(outcomes[1].status).toBe('rejected')
      expect(refused.map(({ reason }) => reason.code)).toEqual(refused.map(() => 'database.unavailable'))
      written += 4 - refused.length
      together = refused.length
      // Whoever was told that it is written finds it, and of the others there is nothing.
      expect([await db.read.$count(jobs), await db.read.$count(importFiles)]).toEqual([written, 0])
    }
    expect(together).toBeGreaterThan(1)
    await Promise.all([write(), write()])
    expect(await db.read.$count(jobs)).toBe(written + 2)
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
