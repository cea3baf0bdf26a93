import { createHash } from 'node:crypto'
import { createWriteStream, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { targetOf } from '#platform/database/url.ts'
import type { BackupKey } from './backup-key.ts'
import { type Bytes, sealStream } from './cipher.ts'
import { dumpPostgres, migrationsOf as postgresMigrations } from './postgres-dump.ts'
import { withClient } from './postgres-load.ts'
import { dumpSqlite, migrationsOf as sqliteMigrations } from './sqlite.ts'

/** The first line inside a backup. */
export interface BackupHeader {
  format: 'muster-backup-1'
  engine: 'sqlite' | 'postgresql'
  createdAt: string
  /** Hashes of the migrations the rows were written under. */
  migrations: string[]
}

export interface Backup {
  file: string
  /** SHA-256 of the encrypted file. */
  sha256: string
  bytes: number
}

/**
 * A consistent, encrypted copy of the database while the service runs, and its SHA-256 beside it (as `sha256sum -c`
 * reads it). Key files are never part of it.
 */
export async function createBackup({
  databaseUrl,
  key,
  folder,
  at,
}: {
  databaseUrl: string
  key: BackupKey
  folder: string
  at: Date
}): Promise<Backup> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const stamp = at.toISOString().replace(/[:.]/g, '-')
  const file = join(folder, `muster-${stamp}.backup`)
  const part = `${file}.part`
  const hash = createHash('sha256')
  let bytes = 0
  const measured = async function* (source: Bytes) {
    for await (const chunk of source) {
      hash.update(chunk)
      bytes += chunk.length
      yield chunk
    }
  }
  try {
    await pipeline(
      measured(sealStream(key, content(databaseUrl, at))),
      createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }),
    )
    const sha256 = hash.digest('hex')
    writeFileSync(`${file}.sha256`, `${sha256}  ${basename(file)}\n`, { flush: true })
    renameSync(part, file)
    return { file, sha256, bytes }
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

async function* content(databaseUrl: string, at: Date): AsyncGenerator<Buffer> {
  const target = targetOf(databaseUrl)
  const migrations =
    target.dialect === 'sqlite'
      ? sqliteMigrations(target.file)
      : await withClient(target.url, postgresMigrations)
  const header: BackupHeader = {
    format: 'muster-backup-1',
    engine: target.dialect,
    createdAt: at.toISOString(),
    migrations,
  }
  yield Buffer.from(`${JSON.stringify(header)}\n`)
  yield* target.dialect === 'sqlite' ? dumpSqlite(target.file) : dumpPostgres(target.url)
}
