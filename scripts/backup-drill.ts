/**
 * Brings the newest backup back into an empty place, to see that it can be: with all checks of a restore, beside the
 * running service, which is not touched. What it brought back is deleted; the time of the drill is kept beside the backups.
 *
 *   npm run backup:drill -- [--into postgres://…] [--from FOLDER] [--key FILE]
 *
 * On PostgreSQL name an empty database with --into; it keeps what was brought back.
 */
import '#platform/private-files.ts'
import './lib/help.ts'
import { parseArgs } from 'node:util'
import { readBackupKey } from '#platform/backup/backup-key.ts'
import { drill } from '#platform/backup/drill.ts'
import { targetOf } from '#platform/database/url.ts'
import { loadConfig } from '#src/config.ts'
import { sealedColumns } from '#src/sealed.ts'
import { migrationSteps } from '#src/steps.ts'

try {
  const { databaseUrl, keysFile, backups } = loadConfig(process.env)
  const { values } = parseArgs({
    options: { into: { type: 'string' }, from: { type: 'string' }, key: { type: 'string' } },
  })
  if (targetOf(databaseUrl).dialect === 'postgresql' && !values.into)
    throw new Error('name an empty database: npm run backup:drill -- --into postgres://…')
  const { file, createdAt } = await drill({
    folder: values.from ?? backups.folder,
    into: values.into,
    key: readBackupKey(values.key ?? backups.keyFile),
    keysFile,
    sealed: sealedColumns,
    steps: migrationSteps(keysFile),
    at: new Date(),
  })
  process.stdout.write(`${file}\nThe state of ${createdAt} was brought back whole.\n`)
} catch (error) {
  process.stderr.write(`The drill failed: ${(error as Error).message}\n`)
  process.exitCode = 1
}
