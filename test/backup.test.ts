import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { asc, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { contacts, persons } from '#modules/organisation/schema.ts'
import { record, recordWith } from '#platform/audit/index.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { createBackup } from '#platform/backup/backup.ts'
import { type BackupKey, openBackupKey } from '#platform/backup/backup-key.ts'
import { drill, lastDrill } from '#platform/backup/drill.ts'
import { emptyPostgres, withClient } from '#platform/backup/postgres-load.ts'
import { restoreBackup, verifyBackup } from '#platform/backup/restore.ts'
import { removeLeftCopies } from '#platform/backup/sqlite.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { readKeyFile, writeKeyFile } from '#platform/crypto/key-file.ts'
import { dialect } from '#platform/database/kit.ts'
import { lockForService } from '#platform/database/one-service.ts'
import { openDatabase } from '#platform/database/open.ts'
import type { Database } from '#platform/database/port.ts'
import { targetOf } from '#platform/database/url.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import { sealedColumns } from '#src/sealed.ts'
import { createDatabase } from '#test/support/database.ts'
import { someContacts } from '#test/support/factories/messaging.ts'
import { aPerson } from '#test/support/factories/organisation.ts'
import { newKeyRing } from '#test/support/keys.ts'
import { startFlags } from '#test/support/service.ts'

let folder: string

let key: BackupKey

let keys: KeyRing

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-backup-test-'))
  key = openBackupKey(join(folder, 'backup-key.json'))
  keys = newKeyRing(join(folder, 'keys.json'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Every row of the tables this test fills, in the order of their ids. */
const at = instantFrom('2026-03-04T05:30:00.123Z')

async function rowsOf(db: Database) {
  const rows = []
  for (const table of [users, persons, contacts, auditEntries]) {
    rows.push(
      await db.read
        .select()
        .from(table as typeof users)
        .orderBy(asc((table as typeof users).id)),
    )
  }
  return JSON.stringify(rows)
}

async function fill(db: Database): Promise<void> {
  await aPerson(
    { db, context: { keys } },
    { name: '张三 "引号" \\ 😀', phone: '15400000001', identityNumber: 'G12345678' },
  )
  await someContacts(
    { db, keys },
    Array.from({ length: 1500 }, (_, n) => `155${String(n).padStart(8, '0')}`),
  )
  await db.transaction(async (tx) => {
    for (let n = 0; n < 20; n++)
      await record(tx, {
        action: 'test.done',
        subject: `n:${n}`,
        by: 'system',
        at,
        details: { n, text: '{"table":"x"}\n\t😀' },
      })
    await tx.insert(users).values({ id: newId(), login: '{"table":"users"}', name: 'a', createdAt: at })
  })
}

/** A filled database and an empty place to restore to. */
async function two() {
  const source = await createDatabase()
  const db = await openDatabase({ databaseUrl: source.url })
  recordWith(db, keys)
  await fill(db)
  const target = await emptyTarget()
  return {
    source: source.url,
    target: target.url,
    db,
    async [Symbol.asyncDispose]() {
      await db.close()
      await target.dispose()
      await source[Symbol.asyncDispose]()
    },
  }
}

async function emptyTarget() {
  if (dialect === 'sqlite') {
    const file = join(folder, `${newId()}.sqlite`)
    return { url: `sqlite:${file}`, dispose: async () => rmSync(file, { force: true }) }
  }
  const made = await createDatabase()
  await withClient(made.url, emptyPostgres)
  return { url: made.url, dispose: () => made[Symbol.asyncDispose]() }
}

/** What restoring needs to know of keys. */
const mine = () => ({ keysFile: keys.path, sealed: sealedColumns })

/** After how long a restore is killed, until one is through before. */
const killsAfterMs = [0, 50, 100, 200, 400, 800, 1600, 3200, 6400, 30_000]

/** A restore in a process of its own, killed a while after it began unless it is through. */
async function killedRestore(
  what: { file: string; databaseUrl: string },
  afterMs: number,
): Promise<'killed' | 'done'> {
  const script = `
    const { restoreBackup } = await import('#platform/backup/restore.ts')
    const { sealedColumns } = await import('#src/sealed.ts')
    const { readBackupKey } = await import('#platform/backup/backup-key.ts')
    const { keyFile, ...what } = JSON.parse(process.env.RESTORE)
    process.send('begun')
    await restoreBackup({ ...what, key: readBackupKey(keyFile), replace: true, sealed: sealedColumns })
    process.disconnect()`
  const child = spawn(process.execPath, [...startFlags, '--input-type=module', '-e', script], {
    cwd: resolve(import.meta.dirname, '..'),
    env: {
      ...process.env,
      DATABASE_URL: what.databaseUrl,
      RESTORE: JSON.stringify({ ...what, keysFile: keys.path, keyFile: join(folder, 'backup-key.json') }),
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  await once(child, 'message')
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
  const [code, signal] = await ended
  clearTimeout(timer)
  if (!signal) expect(code).toBe(0)
  return signal ? 'killed' : 'done'
}

/** A key file that has the ids of ours, and other secrets under them. */
function impostor(): string {
  const path = newKeyRing(join(folder, `${newId()}.json`)).path
  const { data } = readKeyFile(keys.path)
  const secret = randomBytes(32).toString('base64url')
  writeKeyFile(path, {
    ...readKeyFile(path),
    data: { ...data, keys: data.keys.map((each) => ({ ...each, secret })) },
  })
  return path
}

const backUp = (databaseUrl: string) =>
  createBackup({ databaseUrl, key, folder: join(folder, newId()), at: new Date() })

describe('a backup', () => {
  test('brings back every row as it was, into an empty place', async () => {
    await using pair = await two()
    const { file, sha256 } = await backUp(pair.source)
    expect(readFileSync(`${file}.sha256`, 'utf8')).toMatch(new RegExp(`^${sha256}  muster-.*\\.backup\n$`))
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const before = await rowsOf(pair.db)
    await restoreBackup({ file, databaseUrl: pair.target, key, replace: false, ...mine() })
    const restored = await openDatabase({ databaseUrl: pair.target })
    expect(await rowsOf(restored)).toBe(before)
    await restored.transaction((tx) =>
      tx.insert(users).values({ id: newId(), login: 'after', name: 'b', createdAt: at }),
    )
    await restored.close()
  })

  test('is brought back as a drill, which is written down, and not when it cannot be', async () => {
    await using pair = await two()
    const backups = join(folder, newId())
    const into = dialect === 'sqlite' ? undefined : pair.target
    const drilling = () => drill({ folder: backups, into, key, ...mine(), at: at.toJSDate() })
    await expect(drilling()).rejects.toThrow('there is no backup')
    const { file } = await createBackup({ databaseUrl: pair.source, key, folder: backups, at: new Date() })
    const whole = readFileSync(file)
    writeFileSync(file, whole.subarray(0, -1))
    await expect(drilling()).rejects.toThrow('is damaged')
    expect(lastDrill(backups)).toBeUndefined()
    writeFileSync(file, whole)
    expect((await drilling()).file).toBe(file)
    expect(lastDrill(backups)).toBe(at.toMillis())
  })

  test('is one moment of a database that is being written to, and holds up nobody', async () => {
    await using pair = await two()
    let stop = false
    let written = 0
    const writing = (async () => {
      while (!stop) {
        // Both rows or neither: a backup that sees one alone is not one moment.
        await pair.db.transaction(async (tx) => {
          await tx.insert(users).values({ id: newId(), login: `pair-${written}-a`, name: 'a', createdAt: at })
          await tx.insert(users).values({ id: newId(), login: `pair-${written}-b`, name: 'b', createdAt: at })
        })
        written++
      }
    })()
    const before = written
    const { file } = await backUp(pair.source)
    stop = true
    await writing
    expect(written).toBeGreaterThan(before + 10)
    await restoreBackup({ file, databaseUrl: pair.target, key, replace: false, ...mine() })
    const restored = await openDatabase({ databaseUrl: pair.target })
    const logins = await restored.read
      .select({ login: users.login })
      .from(users)
      .where(sql`login like 'pair-%'`)
    expect(logins.length % 2).toBe(0)
    expect(new Set(logins.map(({ login }) => login.slice(0, -2))).size).toBe(logins.length / 2)
    await restored.close()
  })

  test('shows nothing of what is in it, and leaves nothing lying about', async () => {
    await using pair = await two()
    const { file } = await backUp(pair.source)
    const bytes = readFileSync(file)
    for (const text of ['张三', '{"table"', 'SQLite format', 'audit_entries'])
      expect(bytes.includes(text)).toBe(false)
    if (dialect === 'sqlite')
      expect(
        readdirSync(join(targetOf(pair.source).dialect === 'sqlite' ? pathOf(pair.source) : '', '..')).filter(
          (name) => name.startsWith('.backup-'),
        ),
      ).toEqual([])
    expect(readdirSync(join(file, '..')).sort()).toEqual([
      expect.stringMatching(/\.backup$/),
      expect.stringMatching(/\.sha256$/),
    ])
  })

  test('with one flipped bit is refused by its SHA-256, and without that by its tags, before anything is touched', async () => {
    await using pair = await two()
    const { file } = await backUp(pair.source)
    const bytes = readFileSync(file)
    for (const where of [3, 20, 40, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const changed = Buffer.from(bytes)
      changed[where] = (changed[where] as number) ^ 1
      writeFileSync(file, changed)
      await expect(verifyBackup(file)).rejects.toThrow('SHA-256')
      const { createHash } = await import('node:crypto')
      writeFileSync(`${file}.sha256`, createHash('sha256').update(changed).digest('hex'))
      const before = await rowsOf(pair.db)
      await expect(
        restoreBackup({ file, databaseUrl: pair.source, key, replace: true, ...mine() }),
      ).rejects.toThrow(/backup/)
      expect(await rowsOf(pair.db)).toBe(before)
    }
    rmSync(`${file}.sha256`)
    await expect(
      restoreBackup({ file, databaseUrl: pair.target, key, replace: false, ...mine() }),
    ).rejects.toThrow('missing')
  })

  test('opens with its own key only', async () => {
    await using pair = await two()
    const { file } = await backUp(pair.source)
    const other = openBackupKey(join(folder, `${newId()}.json`))
    await expect(
      restoreBackup({ file, databaseUrl: pair.target, key: other, replace: false, ...mine() }),
    ).rejects.toThrow('made with the backup key')
    const disguised = { id: key.id, secret: other.secret }
    await expect(
      restoreBackup({ file, databaseUrl: pair.target, key: disguised, replace: false, ...mine() }),
    ).rejects.toThrow('changed')
  })

  test('replaces what is there only when told, and never under a running service', async () => {
    await using pair = await two()
    const { file } = await backUp(pair.source)
    const before = await rowsOf(pair.db)
    await restoreBackup({ file, databaseUrl: pair.target, key, replace: false, ...mine() })
    await expect(
      restoreBackup({ file, databaseUrl: pair.target, key, replace: false, ...mine() }),
    ).rejects.toThrow('not empty')
    const running = await openDatabase({ databaseUrl: pair.target })
    await running.transaction((tx) =>
      tx.insert(users).values({ id: newId(), login: 'later', name: 'c', createdAt: at }),
    )
    await expect(
      restoreBackup({ file, databaseUrl: pair.target, key, replace: true, ...mine() }),
    ).rejects.toThrow('stop it first')
    expect(await running.read.$count(users)).toBe(2)
    await running.close()
    if (dialect === 'sqlite') {
      // What a crash leaves behind: SQLite would replay it into whatever file it finds.
      writeFileSync(`${pathOf(pair.target)}-wal`, 'left over')
      writeFileSync(`${pathOf(pair.target)}-shm`, 'left over')
    }
    await restoreBackup({ file, databaseUrl: pair.target, key, replace: true, ...mine() })
    const restored = await openDatabase({ databaseUrl: pair.target })
    expect(await rowsOf(restored)).toBe(before)
    await restored.close()
  })

  test.runIf(dialect === 'sqlite')(
    'no service begins on the file that a restore will let go of',
    async () => {
      await using pair = await two()
      const { file } = await backUp(pair.source)
      let ended = false
      const restoring = restoreBackup({ file, databaseUrl: pair.target, key, replace: false, ...mine() })
      const after = restoring.finally(() => (ended = true))
      const refused: string[] = []
      while (!ended) {
        try {
          lockForService(pair.target)()
        } catch (error) {
          refused.push((error as Error).message)
        }
        await new Promise((turn) => setImmediate(turn))
      }
      await after
      expect(refused[0]).toContain('or a backup is brought back into it')
      // The lock ends with the restore, and while a service has it nothing is brought back.
      const service = lockForService(pair.target)
      await expect(
        restoreBackup({ file, databaseUrl: pair.target, key, replace: true, ...mine() }),
      ).rejects.toThrow('Another service uses')
      service()
    },
  )

  test('killed at any moment leaves the old state or the new one', async () => {
    await using pair = await two()
    const { file } = await backUp(pair.source)
    const before = await rowsOf(pair.db)
    await restoreBackup({ file, databaseUrl: pair.target, key, replace: false, ...mine() })
    const old = await openDatabase({ databaseUrl: pair.target })
    await old.transaction((tx) =>
      tx.insert(users).values({ id: newId(), login: 'old', name: 'o', createdAt: at }),
    )
    const kept = await rowsOf(old)
    await old.close()
    const found = { old: 0, new: 0 }
    for (const afterMs of killsAfterMs) {
      if (found.new > 0) break
      const ended = await killedRestore({ file, databaseUrl: pair.target }, afterMs)
      const db = await openDatabase({ databaseUrl: pair.target })
      const rows = await rowsOf(db)
      await db.close()
      expect([kept, before]).toContain(rows)
      found[rows === kept ? 'old' : 'new']++
      if (ended === 'done') expect(rows).toBe(before)
      if (dialect === 'sqlite') {
        removeLeftCopies(pair.target)
        expect(readdirSync(folder).filter((name) => name.endsWith('-copy'))).toEqual([])
      }
    }
    expect(found.old).toBeGreaterThan(0)
    expect(found.new).toBe(1)
  })

  test('whose rows the key file does not open is refused before anything is touched', async () => {
    await using pair = await two()
    const { file } = await backUp(pair.source)
    const nowhere = join(folder, 'no-such-folder/keys.json')
    const stranger = newKeyRing(join(folder, `${newId()}.json`)).path
    await restoreBackup({ file, databaseUrl: pair.target, key, replace: false, ...mine() })
    const kept = await openDatabase({ databaseUrl: pair.target })
    await kept.transaction((tx) =>
      tx.insert(users).values({ id: newId(), login: 'kept', name: 'k', createdAt: at }),
    )
    const before = await rowsOf(kept)
    await kept.close()
    for (const [keysFile, said] of [
      [nowhere, `KEYS_FILE names ${nowhere}, which is not there`],
      [stranger, `the key file ${stranger} lacks the keys ${keys.liveIds('data').join()}`],
      [impostor(), 'does not open the value at contacts/value/'],
    ] as const) {
      const wrong = { file, databaseUrl: pair.target, key, replace: true, ...mine(), keysFile }
      await expect(restoreBackup(wrong)).rejects.toThrow(said)
    }
    const after = await openDatabase({ databaseUrl: pair.target })
    expect(await rowsOf(after)).toBe(before)
    await after.close()
    expect(existsSync(nowhere)).toBe(false)
  })

  test('of one engine is not put into the other', async () => {
    await using pair = await two()
    const { file } = await backUp(pair.source)
    const other =
      dialect === 'sqlite' ? 'postgres://nobody@127.0.0.1:1/none' : `sqlite:${join(folder, 'other.sqlite')}`
    await expect(restoreBackup({ file, databaseUrl: other, key, replace: true, ...mine() })).rejects.toThrow(
      'the backup is of',
    )
  })
})

const pathOf = (url: string) => {
  const target = targetOf(url)
  return target.dialect === 'sqlite' ? target.file : ''
}
