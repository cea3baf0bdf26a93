import { existsSync } from 'node:fs'
import { recordWith } from '#platform/audit/index.ts'
import { assertKeysFit, type KeyRing, openKeyRing, sealedSamples } from '#platform/crypto/index.ts'
import { openDatabase } from '#platform/database/open.ts'
import type { Database } from '#platform/database/port.ts'
import { targetOf } from '#platform/database/url.ts'
import type { Config } from './config.ts'
import { sealedColumns } from './sealed.ts'

/** Opens the keys of a database, as `openKeyRing` does. Every start and every command that needs keys uses this. */
export async function openKeys(db: Database, { keysFile }: Config): Promise<KeyRing> {
  const keys = await openKeyRing(db.read, keysFile, sealedColumns)
  recordWith(db, keys)
  return keys
}

/** For commands that use no keys. @throws Error when KEYS_FILE is not the one the database was encrypted with */
export async function assertKeysOfDatabase(config: Config): Promise<void> {
  const target = targetOf(config.databaseUrl)
  // Opening a missing SQLite file would create it.
  if (target.dialect === 'sqlite' && !existsSync(target.file)) return
  const db = await openDatabase(config)
  try {
    assertKeysFit(config.keysFile, await sealedSamples(db.read, sealedColumns))
  } finally {
    await db.close()
  }
}
