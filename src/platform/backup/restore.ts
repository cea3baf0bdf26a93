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
import type pg from 'pg'
import { assertKeysFit, type SealedColumn, sealedSamples } from '#platform/crypto/index.ts'
import { compactPostgres, migrateWithin, type Steps } from '#platform/database/migrate.ts'
import { lockForService } from '#platform/database/one-service.ts'
import type { Reader } from '#platform/database/port.ts'
import { targetOf } from '#platform/database/url.ts'
import type { BackupHeader } from './backup.ts'
import type { BackupKey } from './backup-key.ts'
import { type Bytes, openStream } from './cipher.ts'
import { samplesOfDump } from './dump-samples.ts'
import * as postgres from './postgres-load.ts'
import * as sqlite from './sqlite.ts'

export interface Restore {
  file: string
  databaseUrl: string
  key: BackupKey
  /** Whether existing data in the target may be replaced. */
  replace: boolean
  /** The key file for the restored rows, and the encrypted columns. */
  keysFile: string
  sealed: readonly SealedColumn[]
  /** Options for migrating the restored database to this release. */
  steps?: Steps
}

/** @throws Error when the digest of the file differs from its `.sha256` file, or that is missing */
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
 * Replaces the database by a backup and migrates it to this release. Before anything is changed it checks the SHA-256,
 * every chunk under the backup key, and that the key file decrypts the rows. The replacement is atomic (a transaction, a
 * rename): if a restore is killed, the database has the old state or the new one.
 * @throws Error when the target is not empty and may not be replaced, is in use, or the backup is of the other engine
 */
export async function restoreBackup({
  file,
  databaseUrl,
  key,
  replace,
  keysFile,
  sealed,
  steps,
}: Restore): Promise<BackupHeader> {
  const target = targetOf(databaseUrl)
  await verifyBackup(file)
  const proof = await opened(file, key)
  if (proof.header.engine !== target.dialect) {
    throw new Error(`the backup is of ${proof.header.engine}, but DATABASE_URL names ${target.dialect}`)
  }
  // Read the whole backup first: if it, or its rows, cannot be decrypted, nothing has been changed.
  if (target.dialect === 'postgresql') assertKeysFit(keysFile, await samplesOfDump(proof.content, sealed))
  else for await (const _ of proof.content);
  const { header, content } = await opened(file, key)
  const empty =
    target.dialect === 'sqlite'
      ? sqlite.sqliteIsEmpty(target.file)
      : await postgres.postgresIsEmpty(target.url)
  if (!empty && !replace) throw new Error('the target is not empty; --replace lets go of what is in it')
  if (target.dialect === 'sqlite') {
    mkdirSync(dirname(target.file), { recursive: true })
    // Held to the end: a service that began meanwhile would go on writing to the file that is let go of.
    const release = lockForService(databaseUrl)
    try {
      sqlite.assertNotInUse(target.file)
      const approve = async (read: Reader) => assertKeysFit(keysFile, await sealedSamples(read, sealed))
      await sqlite.loadSqlite(target.file, content, { approve, steps })
    } finally {
      release()
    }
  } else {
    await postgres.assertNotInUse(target.url)
    const rewritten: string[] = []
    await postgres.inOneTransaction(target.url, async (client) => {
      await postgres.emptyPostgres(client)
      await migrateTo(client, header.migrations)
      await postgres.loadPostgres(client, content)
      rewritten.push(...(await migrateWithin(client, { steps })))
    })
    await compactPostgres(target.url, rewritten)
  }
  return header
}

/** The header of a backup, and the stream of its content. */
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

/** Creates the tables of the backup's release; they are migrated to this release after loading. */
async function migrateTo(client: pg.Client, hashes: readonly string[]): Promise<void> {
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
    await migrateWithin(client, { migrations: folder })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
