import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rowsOf } from '#platform/database/dialect.ts'
import { dialect } from '#platform/database/kit.ts'
import { migrate, pendingMigrations } from '#platform/database/migrate.ts'
import { openDatabase } from '#platform/database/open.ts'
import { createEmptyDatabase } from '#test/support/database.ts'

let migrations: string

beforeEach(() => {
  migrations = mkdtempSync(join(tmpdir(), 'muster-migrations-'))
})
afterEach(() => rmSync(migrations, { recursive: true }))

const parents = 'create table parents (id integer primary key, name text)'
const children =
  'create table children (id integer primary key, parent_id integer not null references parents(id) on delete cascade)'
const people =
  "insert into parents values (1, 'one'); --> statement-breakpoint\ninsert into children values (10, 1), (11, 1)"

/** Writes migrations the way drizzle-kit does. */
function write(...files: string[]): { migrations: string } {
  const folder = join(migrations, dialect)
  mkdirSync(join(folder, 'meta'), { recursive: true })
  const entries = files.map((text, idx) => {
    writeFileSync(join(folder, `000${idx}_test.sql`), text)
    return { idx, version: '7', when: 1_700_000_000_000 + idx, tag: `000${idx}_test`, breakpoints: true }
  })
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ version: '7', dialect, entries }))
  return { migrations }
}

async function read(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const db = await openDatabase({ databaseUrl: url })
  const rows = await rowsOf(db.read, sql.raw(statement))
  await db.close()
  return rows
}

test('migrations are applied in order, once', async () => {
  await using database = await createEmptyDatabase()
  expect(await migrate(database.url, write(parents))).toBe(1)
  const both = write(parents, children)
  expect(await migrate(database.url, both)).toBe(1)
  expect(await migrate(database.url, both)).toBe(0)
  const hashes = (await read(database.url, 'select hash from applied_migrations order by position')).map(
    ({ hash }) => hash,
  )
  expect(hashes).toEqual([parents, children].map((text) => createHash('sha256').update(text).digest('hex')))
})

test('processes that start together take turns', async () => {
  await using database = await createEmptyDatabase()
  const files = write(parents, children)
  const counts = await Promise.all([1, 2, 3].map(() => migrate(database.url, files)))
  expect(counts.sort()).toEqual([0, 0, 2])
})

test('one that fails changes nothing', async () => {
  await using database = await createEmptyDatabase()
  await migrate(database.url, write(parents))
  await expect(migrate(database.url, write(parents, children, 'create nonsense'))).rejects.toThrow(/syntax/)
  expect(await migrate(database.url, write(parents, children))).toBe(1)
})

test.each([
  ['was changed after it was applied', [`${parents} `, children]],
  ['database is newer than this release', [parents]],
])('a history that %s is refused', async (message, files) => {
  await using database = await createEmptyDatabase()
  await migrate(database.url, write(parents, children))
  await expect(migrate(database.url, write(...files))).rejects.toThrow(message)
})

test('a gap is refused, and readiness says the same', async () => {
  await using database = await createEmptyDatabase()
  const files = write(parents, children)
  await migrate(database.url, files)
  const db = await openDatabase({ databaseUrl: database.url })
  expect(await pendingMigrations(db.read, dialect, files)).toBe(0)
  expect(await pendingMigrations(db.read, dialect, write(parents, children, 'select 1'))).toBe(1)
  await db.transaction((tx) =>
    rowsOf(tx, sql`delete from applied_migrations where position = 0 returning position`),
  )
  await expect(pendingMigrations(db.read, dialect, files)).rejects.toThrow(
    'never applied, but a later one was',
  )
  await db.close()
  await expect(migrate(database.url, files)).rejects.toThrow('never applied, but a later one was')
})

test('a table that is built anew keeps its children', async () => {
  await using database = await createEmptyDatabase()
  // What drizzle-kit writes to alter a table of SQLite; PostgreSQL alters it in place.
  const rebuilt = [
    'PRAGMA foreign_keys=OFF;',
    'create table __new_parents (id integer primary key, name text, age integer);',
    'insert into __new_parents (id, name) select id, name from parents;',
    'drop table parents;',
    'alter table __new_parents rename to parents;',
    'PRAGMA foreign_keys=ON;',
  ].join('--> statement-breakpoint\n')
  const altered = dialect === 'sqlite' ? rebuilt : 'alter table parents add column age integer'
  await migrate(database.url, write(parents, children, people, altered))
  expect(await read(database.url, 'select id, parent_id from children order by id')).toEqual([
    { id: 10, parent_id: 1 },
    { id: 11, parent_id: 1 },
  ])
  expect(await read(database.url, 'select id, age from parents')).toEqual([{ id: 1, age: null }])
})

test('one that would leave children without a parent is refused', async () => {
  await using database = await createEmptyDatabase()
  await migrate(database.url, write(parents, children, people))
  const orphaning =
    dialect === 'sqlite'
      ? 'drop table parents; create table parents (id integer primary key)'
      : 'drop table parents'
  await expect(migrate(database.url, write(parents, children, people, orphaning))).rejects.toThrow(
    /without their parent|depend/,
  )
  expect(await read(database.url, 'select count(*) as n from parents')).toEqual([
    { n: dialect === 'sqlite' ? 1 : '1' },
  ])
})
