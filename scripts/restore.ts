/**
 * Puts a backup in the place of the database. Stop the service first.
 *
 *   npm run restore -- FILE [--replace] [--key FILE]
 *
 * Without --replace only an empty target is filled. Phone and identity numbers stay encrypted throughout: they can be
 * read again when KEYS_FILE has the keys they were encrypted with, which this checks.
 */
import { existsSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { keptHeadFile } from '#platform/audit/kept-head.ts'
import { readBackupKey } from '#platform/backup/backup-key.ts'
import { restoreBackup } from '#platform/backup/restore.ts'
import { KeyRing } from '#platform/crypto/index.ts'
import { missingKeys, reviveUsedKeys } from '#platform/crypto/rotate.ts'
import { openDatabase } from '#platform/database/open.ts'
import { type Config, loadConfig } from '#src/config.ts'
import { sealedColumns } from '#src/sealed.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** The head of the audit trail that is kept outside the database belongs to what was replaced. */
function putAsideKeptHead(config: Config): void {
  const file = keptHeadFile({ path: config.keysFile })
  if (!existsSync(file)) return
  const aside = `${file}.before-${new Date().toISOString().replace(/[:.]/g, '-')}`
  renameSync(file, aside)
  say(`The audit trail may end earlier now; its last known end was put aside: ${aside}`)
}

/** Whether everything that is encrypted can be read with this key file; look-ups under older keys work again. */
async function checkKeys(config: Config): Promise<void> {
  const db = await openDatabase(config)
  try {
    const rotation = { db, keysFile: new KeyRing(config.keysFile).path, columns: sealedColumns }
    const missing = await missingKeys(rotation)
    if (missing.length > 0) {
      throw new Error(
        `the data is back, but ${config.keysFile} lacks the keys ${missing.join(', ')}: put the right key file there`,
      )
    }
    const revived = await reviveUsedKeys(rotation)
    if (revived.length > 0)
      say(`Rows stand under older keys (${revived.join(', ')}); run: npm run keys:rotate`)
  } finally {
    await db.close()
  }
}

try {
  const config = loadConfig(process.env)
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { replace: { type: 'boolean', default: false }, key: { type: 'string' } },
  })
  const [file] = positionals
  if (!file || positionals.length > 1)
    throw new Error('usage: npm run restore -- FILE [--replace] [--key FILE]')
  const key = readBackupKey(values.key ?? join(dirname(config.keysFile), 'backup-key.json'))
  const header = await restoreBackup({ file, databaseUrl: config.databaseUrl, key, replace: values.replace })
  say(`Restored the state of ${header.createdAt}.`)
  putAsideKeptHead(config)
  await checkKeys(config)
} catch (error) {
  process.stderr.write(`Restoring failed: ${(error as Error).message}\n`)
  process.exitCode = 1
}
