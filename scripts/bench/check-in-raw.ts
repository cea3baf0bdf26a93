/**
 * Measures the upper limit that SQLite and the disk allow: records the SQL statements of each check-in once, and replays them
 * with better-sqlite3 alone, first with one COMMIT for each check-in, then with one COMMIT for each group.
 * `node … DAY.sqlite KEYS TARGETS.json COUNT GROUP`
 */
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { DateTime } from 'luxon'
import { checkInByLink } from '#modules/attendance/check-in.ts'
import { KeyRing } from '#platform/crypto/index.ts'
import { type Database, Session, type Writer } from '#platform/database/port.ts'
import { connectSqlite } from '#platform/database/sqlite.ts'
import { newId } from '#platform/ids.ts'
import type { Target } from './check-in-day.ts'

export interface RawResult {
  perSecond: { oneByOne: number; grouped: number }
  statements: string[]
}

interface Step {
  sql: string
  params: unknown[]
}

/** Runs every check-in once on a copy of the database. Returns the SQL statements of each. */
async function recorded(file: string, keys: KeyRing, targets: Target[]): Promise<Step[][]> {
  const copy = `${file}.recording`
  copyFileSync(file, copy)
  const connection = new Sqlite(copy)
  connection.pragma('synchronous = OFF')
  let steps: Step[] = []
  const db = drizzle(connection, {
    casing: 'snake_case',
    logger: { logQuery: (sql, params) => void steps.push({ sql, params }) },
  })
  const session = new Session(db as never, {} as Database) as unknown as Writer
  const all: Step[][] = []
  for (const target of targets) {
    steps = []
    await checkInByLink(session, keys, { ...target, operationId: newId(), at: DateTime.utc() })
    all.push(steps)
  }
  connection.close()
  for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true })
  return all
}

/** Replays the recorded statements on a copy, `size` check-ins in a transaction. Returns check-ins per second. */
function replay(file: string, all: Step[][], size: number): number {
  const copy = `${file}.raw`
  copyFileSync(file, copy)
  const connection = connectSqlite(copy)
  const statements = new Map<string, Sqlite.Statement>()
  const prepare = (sql: string) => {
    const statement = connection.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const [begin, commit] = [connection.prepare('BEGIN IMMEDIATE'), connection.prepare('COMMIT')]
  const [savepoint, release] = [connection.prepare('SAVEPOINT work'), connection.prepare('RELEASE work')]
  const started = performance.now()
  for (let at = 0; at < all.length; at += size) {
    begin.run()
    for (const steps of all.slice(at, at + size)) {
      savepoint.run()
      for (const { sql, params } of steps) {
        const statement = statements.get(sql) ?? prepare(sql)
        if (statement.reader) statement.all(...params)
        else statement.run(...params)
      }
      release.run()
    }
    commit.run()
  }
  const seconds = (performance.now() - started) / 1000
  connection.close()
  for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true })
  return all.length / seconds
}

const [file, keysFile, targetsFile, count, groupSize] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string,
]
const targets = (JSON.parse(readFileSync(targetsFile, 'utf8')) as Target[]).slice(0, Number(count))
const all = await recorded(file, new KeyRing(keysFile), targets)
const result: RawResult = {
  perSecond: { oneByOne: replay(file, all, 1), grouped: replay(file, all, Number(groupSize)) },
  statements: [...new Set(all.flatMap((steps) => steps.map(({ sql }) => sql)))],
}
process.stdout.write(JSON.stringify(result))
