/**
 * Replaces the database with a backup. Stop the service first.
 *
 *   npm run restore -- FILE [--replace] [--key FILE]
 *
 * Without --replace the target must be empty. Phone and identity numbers stay encrypted all the time. KEYS_FILE must have
 * the keys that decrypt them; this is checked before anything is changed.
 */
import '#platform/private-files.ts'
import './lib/help.ts'
import { existsSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { keptHeadFile } from '#platform/audit/kept-head.ts'
import { type BackupKey, readBackupKey } from '#platform/backup/backup-key.ts'
import { restorePictures } from '#platform/backup/picture-files.ts'
import { restoreBackup } from '#platform/backup/restore.ts'
import { reviveUsedKeys } from '#platform/crypto/rotate.ts'
import { openDatabase } from '#platform/database/open.ts'
import { pictures } from '#platform/pictures/index.ts'
import { type Config, loadConfig } from '#src/config.ts'
import { openKeys } from '#src/keys.ts'
import { sealedColumns } from '#src/sealed.ts'
import { migrationSteps } from '#src/steps.ts'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Renames the copies of the audit trail's head outside the database: they belong to the replaced database. */
function putAsideKeptHeads(config: Config): void {
  const { auditHeadCopy } = config.security
  putAside(keptHeadFile({ path: config.keysFile }))
  if (auditHeadCopy) putAside(auditHeadCopy)
}

function putAside(file: string): void {
  if (!existsSync(file)) return
  const aside = `${file}.before-${new Date().toISOString().replace(/[:.]/g, '-')}`
  renameSync(file, aside)
  say(`The audit trail may end earlier now; its last known end was put aside: ${aside}`)
}

/** Makes the keys active again that restored rows need, so that look-ups by blind index find them. */
async function reviveKeys(config: Config): Promise<void> {
  const db = await openDatabase(config)
  try {
    const { path: keysFile } = await openKeys(db, config)
    const revived = await reviveUsedKeys({ db, keysFile, columns: sealedColumns })
    if (revived.length > 0)
      say(`Rows stand under older keys (${revived.join(', ')}); run: npm run keys:rotate`)
  } finally {
    await db.close()
  }
}

/** Brings the pictures back that the restored rows name, from beside the backup. */
async function bringPicturesBack(config: Config, file: string, key: BackupKey): Promise<void> {
  const db = await openDatabase(config)
  try {
    const rows = await db.read.selectDistinct({ sha256: pictures.sha256 }).from(pictures)
    const wanted = rows.map(({ sha256 }) => sha256)
    if (wanted.length === 0) return
    const { dataDir } = config
    const { restored, lost } = await restorePictures({ dataDir, folder: dirname(file), key, wanted })
    say(`${restored} of ${wanted.length} pictures are there.`)
    if (lost.length > 0) say(`Not beside the backup, or damaged: ${lost.slice(0, 20).join(', ')}`)
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
  const key = readBackupKey(values.key ?? config.backups.keyFile)
  const { databaseUrl, keysFile } = config
  const header = await restoreBackup({
    ...{ file, databaseUrl, key, replace: values.replace, keysFile },
    sealed: sealedColumns,
    steps: migrationSteps(keysFile),
  })
  say(`Restored the state of ${header.createdAt}.`)
  putAsideKeptHeads(config)
  await reviveKeys(config)
  await bringPicturesBack(config, file, key)
} catch (error) {
  process.stderr.write(`Restoring failed: ${(error as Error).message}\n`)
  process.exitCode = 1
}
