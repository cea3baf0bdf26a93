/**
 * An encrypted copy of the database while the service runs, with its SHA-256 beside it.
 *
 *   npm run backup -- [--to FOLDER] [--key FILE]
 *
 * The backup key (made on the first run, beside the key file unless told) opens every backup: keep a copy of it, and
 * of KEYS_FILE, somewhere else than the backups. Neither is ever part of a backup.
 */
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { createBackup } from '#platform/backup/backup.ts'
import { openBackupKey } from '#platform/backup/backup-key.ts'
import { loadConfig } from '#src/config.ts'

try {
  const config = loadConfig(process.env)
  const { values } = parseArgs({ options: { to: { type: 'string' }, key: { type: 'string' } } })
  const keyFile = values.key ?? join(dirname(config.keysFile), 'backup-key.json')
  const key = openBackupKey(keyFile)
  if (key.created)
    process.stdout.write(
      `Made a backup key: ${keyFile}. Without it no backup opens; keep a copy elsewhere.\n`,
    )
  const folder = values.to ?? join(config.dataDir, 'backups')
  const { file, bytes, sha256 } = await createBackup({
    databaseUrl: config.databaseUrl,
    key,
    folder,
    at: new Date(),
  })
  process.stdout.write(`${file}\n${bytes} bytes, SHA-256 ${sha256}\n`)
} catch (error) {
  process.stderr.write(`No backup was made: ${(error as Error).message}\n`)
  process.exitCode = 1
}
