/** The key file belongs to the database: no start and no command goes on with another one. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type SQL, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { contacts } from '#modules/organisation/schema.ts'
import { dialect } from '#platform/database/kit.ts'
import { openDatabase } from '#platform/database/open.ts'
import { connection } from '#platform/database/port.ts'
import { loadConfig } from '#src/config.ts'
import { createContext } from '#src/context.ts'
import { sealedColumns } from '#src/sealed.ts'
import { createDatabase } from '#test/support/database.ts'
import { someContacts } from '#test/support/factories/messaging.ts'
import { newKeyRing } from '#test/support/keys.ts'
import { startFlags } from '#test/support/service.ts'

const root = resolve(import.meta.dirname, '..')

/** A database with an encrypted row, and folders for key files. */
async function aCity() {
  const folder = mkdtempSync(join(tmpdir(), 'muster-keys-'))
  const database = await createDatabase()
  const db = await openDatabase({ databaseUrl: database.url })
  const right = newKeyRing(join(folder, 'keys.json'))
  await someContacts({ db, keys: right }, ['15400000001'])
  await db.close()
  const env = { DATABASE_URL: database.url, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent', PORT: '0' }
  return {
    folder,
    env,
    right: right.path,
    url: database.url,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function run(script: string, args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [...startFlags, join(root, script), ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const [code] = await once(child, 'exit')
  return { code, said }
}

// A process each, which refuses before it asks anything that the engines answer differently.
test.runIf(dialect === 'sqlite')(
  'the service and every command refuse a key file of another database, and name it',
  async () => {
    await using city = await aCity()
    const stranger = newKeyRing(join(city.folder, 'stranger.json')).path
    const before = readFileSync(stranger, 'utf8')
    for (const [script, ...args] of [
      ['src/main.ts'],
      ['scripts/migrate.ts'],
      ['scripts/account-create.ts', '--login', 'admin', '--link'],
      ['scripts/keys-rotate.ts'],
      ['scripts/audit-verify.ts'],
      ['scripts/backup.ts'],
    ] as [string, ...string[]][]) {
      const { code, said } = await run(script, args, { ...city.env, KEYS_FILE: stranger })
      expect([script, code, said]).toEqual([
        script,
        1,
        expect.stringContaining(`the key file ${stranger} lacks the keys`),
      ])
    }
    expect(readFileSync(stranger, 'utf8')).toBe(before)
    expect(existsSync(join(city.folder, 'backup-key.json'))).toBe(false)
  },
)

test('no key file is made for a database with encrypted rows, and no folder for one anywhere', async () => {
  await using city = await aCity()
  const config = (keysFile: string) => loadConfig({ ...city.env, KEYS_FILE: keysFile })
  const gone = join(city.folder, 'gone.json')
  await expect(createContext(config(gone), sealedColumns)).rejects.toThrow(
    `KEYS_FILE names ${gone}, which is not there`,
  )
  expect(existsSync(gone)).toBe(false)

  await using empty = await createDatabase()
  const unmounted = join(city.folder, 'unmounted/keys.json')
  const fresh = { ...config(unmounted), databaseUrl: empty.url }
  await expect(createContext(fresh, sealedColumns)).rejects.toThrow(
    `there is no folder ${join(city.folder, 'unmounted')}`,
  )
  expect(existsSync(join(city.folder, 'unmounted'))).toBe(false)
})

test('a new database gets a key file of its own, and finds it again', async () => {
  await using city = await aCity()
  await using empty = await createDatabase()
  const config = loadConfig({ ...city.env, DATABASE_URL: empty.url })
  for (let start = 0; start < 2; start++) {
    const context = await createContext(config, sealedColumns)
    expect(context.keys.path).toBe(join(city.folder, 'data/keys.json'))
    expect(context.keys.liveIds('data')).toHaveLength(1)
    await context.close()
  }
  const context = await createContext(loadConfig({ ...city.env, KEYS_FILE: city.right }), sealedColumns)
  const [row] = await context.db.read.select().from(contacts)
  expect(context.keys.decrypt(row!.value, `contacts/value/${row!.id}`)).toBe('15400000001')
  await context.close()
})

test('a database older than this release is asked only for the columns it has', async () => {
  await using city = await aCity()
  const db = await openDatabase({ databaseUrl: city.url })
  await db.transaction(async (tx) => {
    const on = connection(tx) as unknown as Record<'run' | 'execute', (statement: SQL) => unknown>
    if (dialect === 'sqlite') on.run(sql`drop table imports`)
    else await on.execute(sql`drop table imports cascade`)
  })
  await db.close()
  const { code, said } = await run('scripts/migrate.ts', [], { ...city.env, KEYS_FILE: city.right })
  expect([code, said]).toEqual([0, 'already current\n'])
})

test('whatever the service and its commands make is for their owner alone', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const files = Object.values(scripts).flatMap((script) =>
    script.includes('--env-file-if-exists') ? (script.split(' ').at(-1) as string) : [],
  )
  expect(files).toContain('src/main.ts')
  for (const file of files) {
    const [first] = /^import .*$/m.exec(readFileSync(join(root, file), 'utf8')) ?? []
    expect([file, first]).toEqual([file, "import '#platform/private-files.ts'"])
  }
})
