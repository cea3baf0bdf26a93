/**
 * Writes an encrypted backup of the database while the service runs, and its SHA-256 in a second file.
 *
 *   npm run backup -- [--to FOLDER] [--key FILE]
 *
 * The backup key is created on the first run and decrypts every backup. Keep copies of it and of KEYS_FILE away from the
 * backups; a backup contains neither. By default the backups, the backup key and KEYS_FILE are in three different folders.
 */
import '#platform/private-files.ts'
import './lib/help.ts'
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createBackup } from '#platform/backup/backup.ts'
import { openBackupKey } from '#platform/backup/backup-key.ts'
import { backupPictures } from '#platform/backup/picture-files.ts'
import { assertApart } from '#platform/backup/places.ts'
import { loadConfig } from '#src/config.ts'
import { assertKeysOfDatabase } from '#src/keys.ts'

try {
  const config = loadConfig(process.env)
  const { values } = parseArgs({ options: { to: { type: 'string' }, key: { type: 'string' } } })
  await assertKeysOfDatabase(config)
  const { backups, keysFile } = config
  const keyFile = values.key === undefined ? backups.keyFile : resolve(values.key)
  const folder = values.to === undefined ? backups.folder : resolve(values.to)
  const keyNamed = backups.keyNamed || values.key !== undefined
  assertApart({ folder, keysFile, backupKeyFile: keyFile, keyNamed })
  if (!keyNamed) mkdirSync(dirname(keyFile), { recursive: true, mode: 0o700 })
  const key = openBackupKey(keyFile)
  if (key.created)
    process.stdout.write(
      `Made a backup key: ${keyFile}. Without it no backup opens; keep a copy elsewhere.\n`,
    )
  const { file, bytes, sha256 } = await createBackup({
    databaseUrl: config.databaseUrl,
    key,
    folder,
    at: new Date(),
  })
  const pictures = await backupPictures({ dataDir: config.dataDir, folder, key })
  if (pictures > 0) process.stdout.write(`${pictures} new pictures beside it\n`)
  process.stdout.write(`${file}\n${bytes} bytes, SHA-256 ${sha256}\n`)
} catch (error) {
  process.stderr.write(`No backup was made: ${(error as Error).message}\n`)
  process.exitCode = 1
}
