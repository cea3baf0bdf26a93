import { createHash } from 'node:crypto'
import {
  cpSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { migrate } from '#platform/database/migrate.ts'
import { targetOf } from '#platform/database/url.ts'
import type { BackupHeader } from './backup.ts'
import type { BackupKey } from './backup-key.ts'
import { type Bytes, openStream } from './cipher.ts'
import * as postgres from './postgres-load.ts'
import * as sqlite from './sqlite.ts'

export interface Restore {
  file: string
  databaseUrl: string
  key: BackupKey
  /** Whether what is in the target now may go. */
  replace: boolean
}

/** @throws Error when the file is not what its `.sha256` says, or there is none */
export async function verifyBackup(file: string): Promise<void> {
  let expected: string | undefined
  try {
    expected = /^[0-9a-f]{64}/.exec(readFileSync(`${file}.sha256`, 'utf8'))?.[0]
  } catch (cause) {
    throw new Error(`${file}.sha256 is missing; without it nobody can tell whether the backup is whole`, {
      cause,
    })
  }
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer)
  if (hash.digest('hex') !== expected)
    throw new Error(`${file} is damaged: its SHA-256 is not the one beside it`)
}

/**
 * Puts a backup in the place of the database and brings it up to this release. Everything is proven before anything
 * is touched: first the SHA-256, then every piece under the key.
 * @throws Error when the target is not empty and may not be replaced, is in use, or the backup is of the other engine
 */
export async function restoreBackup({ file, databaseUrl, key, replace }: Restore): Promise<BackupHeader> {
  const target = targetOf(databaseUrl)
  await verifyBackup(file)
  for await (const _ of openStream(key, createReadStream(file))) {
    // Read through once, so that a backup that does not open has changed nothing.
  }
  const { header, content } = await opened(file, key)
  if (header.engine !== target.dialect) {
    throw new Error(`the backup is of ${header.engine}, but DATABASE_URL names ${target.dialect}`)
  }
  const empty =
    target.dialect === 'sqlite'
      ? sqlite.sqliteIsEmpty(target.file)
      : await postgres.postgresIsEmpty(target.url)
  if (!empty && !replace) throw new Error('the target is not empty; --replace lets go of what is in it')
  if (target.dialect === 'sqlite') {
    mkdirSync(dirname(target.file), { recursive: true })
    sqlite.refuseInUse(target.file)
    await sqlite.loadSqlite(target.file, content)
  } else {
    await postgres.refuseInUse(target.url)
    await postgres.emptyPostgres(target.url)
    await migrateTo(databaseUrl, header.migrations)
    await postgres.loadPostgres(target.url, content)
  }
  await migrate(databaseUrl)
  return header
}

/** The header of a backup, and the stream of what follows it. */
async function opened(file: string, key: BackupKey): Promise<{ header: BackupHeader; content: Bytes }> {
  const stream = openStream(key, createReadStream(file))
  let held = Buffer.alloc(0)
  while (!held.includes(10)) {
    const { value, done } = await stream.next()
    if (done) throw new Error('the backup has no header')
    held = Buffer.concat([held, value])
  }
  const end = held.indexOf(10)
  const header = JSON.parse(held.toString('utf8', 0, end)) as BackupHeader
  if (header.format !== 'muster-backup-1')
    throw new Error(`the backup has an unknown form: ${String(header.format)}`)
  const content = async function* () {
    yield held.subarray(end + 1)
    yield* stream
  }
  return { header, content: content() }
}

const migrationsFolder = resolve(import.meta.dirname, '../../../migrations')

/** The tables as they were when the backup was made: an older one is loaded into them and migrated afterwards. */
async function migrateTo(databaseUrl: string, hashes: readonly string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-restore-'))
  try {
    cpSync(join(migrationsFolder, 'postgresql'), join(folder, 'postgresql'), { recursive: true })
    const journalFile = join(folder, 'postgresql/meta/_journal.json')
    const journal = JSON.parse(readFileSync(journalFile, 'utf8')) as { entries: { tag: string }[] }
    if (journal.entries.length < hashes.length) throw new Error('the backup is newer than this release')
    journal.entries = journal.entries.slice(0, hashes.length)
    const present = journal.entries.map(({ tag }) => {
      return createHash('sha256')
        .update(readFileSync(join(folder, `postgresql/${tag}.sql`), 'utf8'))
        .digest('hex')
    })
    if (present.join() !== hashes.join())
      throw new Error('the backup was made under other migrations than these')
    writeFileSync(journalFile, JSON.stringify(journal))
    await migrate(databaseUrl, { migrations: folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
