/** A database of an older release, in which particulars stood in clear, is sealed by its migration. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { eq } from 'drizzle-orm'
import pg from 'pg'
import { expect, test } from 'vitest'
import { birthOf, openGuardian, openOwner, openParticulars } from '#modules/organisation/index.ts'
import { guardianConsents, personContacts, persons } from '#modules/organisation/schema.ts'
import { KeyRing } from '#platform/crypto/index.ts'
import { dialect } from '#platform/database/kit.ts'
import { migrate } from '#platform/database/migrate.ts'
import { openDatabase } from '#platform/database/open.ts'
import { connectSqlite } from '#platform/database/sqlite.ts'
import { migrationSteps } from '#src/steps.ts'
import { createEmptyDatabase } from '#test/support/database.ts'

const all = resolve(import.meta.dirname, '../../../migrations')

/** The migrations before the one that seals. */
function before(folder: string): string {
  cpSync(join(all, dialect), join(folder, dialect), { recursive: true })
  const file = join(folder, dialect, 'meta/_journal.json')
  const journal = JSON.parse(readFileSync(file, 'utf8'))
  const at = journal.entries.findIndex(({ tag }: { tag: string }) => tag.endsWith('_particulars'))
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, at) }))
  return folder
}

const since = dialect === 'sqlite' ? '1760000000000' : "'2025-10-09T00:00:00Z'"

async function fill(url: string) {
  const statements: string[] = []
  const run = (text: string) => void statements.push(text)
  const person = (id: string, born: string, residence: string) => `insert into persons
    (id, name, search_name, pinyin, birth_date, residence, volunteer_number, created_at)
    values ('${id}', '王芳', '王芳', 'wangfang wf', ${born}, ${residence}, 'N${id}', ${since})`
  for (let n = 0; n < 600; n++) run(person(`p${String(n).padStart(3, '0')}`, "'1990-01-31'", 'null'))
  run(person('child', "'2014-09-17'", "'金丝雀里七号'"))
  run(person('unknown', 'null', 'null'))
  run(`insert into contacts (id, kind, value, value_index, created_at)
    values ('c', 'phone', 'v1.none.none', 'i', ${since})`)
  run(`insert into person_contacts (id, person_id, contact_id, relation, owner_name)
    values ('l', 'child', 'c', 'guardian', '守望金丝雀')`)
  run(`insert into guardian_consents (id, person_id, guardian_name, given_at, via, scope, created_at)
    values ('g', 'child', '同意金丝雀', ${since}, 'paper', '学雷锋', ${since})`)
  if (dialect === 'sqlite') {
    const connection = connectSqlite(url.slice('sqlite:'.length))
    connection.exec(statements.join(';'))
    connection.close()
  } else {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(statements.join(';'))
    await client.end()
  }
}

test('the migration encrypts columns that were in clear, and nothing of them stays in the database file', async () => {
  await using database = await createEmptyDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'muster-older-'))
  await migrate(database.url, { migrations: before(folder) })
  await fill(database.url)

  await expect(migrate(database.url)).rejects.toThrow('needs the keys; run: npm run migrate')
  const keysFile = join(folder, 'keys.json')
  expect(await migrate(database.url, { steps: migrationSteps(keysFile) })).toBeGreaterThan(1)

  const keys = new KeyRing(keysFile)
  const db = await openDatabase({ databaseUrl: database.url })
  const one = async (id: string) => (await db.read.select().from(persons).where(eq(persons.id, id)))[0]!
  const child = await one('child')
  expect(openParticulars(keys, child)).toEqual({ birthDate: '2014-09-17', residence: '金丝雀里七号' })
  expect([child.birthYear, child.adult, birthOf(keys, child)?.date()]).toEqual([2014, false, '2014-09-17'])
  const last = await one('p599')
  expect([openParticulars(keys, last).birthDate, last.birthYear, last.adult]).toEqual([
    '1990-01-31',
    1990,
    true,
  ])
  const unknown = await one('unknown')
  expect([unknown.particulars, unknown.birthYear, unknown.adult]).toEqual([null, null, null])
  const [link] = await db.read.select().from(personContacts)
  const [consent] = await db.read.select().from(guardianConsents)
  expect([openOwner(keys, link!), openGuardian(keys, consent!)]).toEqual(['守望金丝雀', '同意金丝雀'])
  await db.close()
  if (dialect === 'sqlite') {
    const bytes = readFileSync(database.url.slice('sqlite:'.length))
    for (const clear of ['1990-01-31', '2014-09-17', '金丝雀'])
      expect([clear, bytes.includes(clear)]).toEqual([clear, false])
  }
  rmSync(folder, { recursive: true })
})
