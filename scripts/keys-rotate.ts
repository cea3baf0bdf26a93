/**
 * Rotates the data key: encrypts all encrypted values again with a new key, while the service runs.
 *
 *   npm run keys:rotate
 *
 * After an interruption the next run continues. Retired keys stay in the key file, because older backups need them;
 * remove them when those backups are deleted.
 */
import '#platform/private-files.ts'
import './lib/help.ts'
import { type RotationProgress, rotateKeys } from '#platform/crypto/rotate.ts'
import { openDatabase } from '#platform/database/open.ts'
import { loadConfig } from '#src/config.ts'
import { sealedColumns } from '#src/sealed.ts'

function say(progress: RotationProgress): void {
  const text = {
    announced: 'a new key can be read by every process',
    resumed: 'taking up a rotation that was interrupted',
    switched: 'the new key is written with',
    retired: 'the old keys are retired',
  }
  const line =
    progress.step === 'rewritten'
      ? `${progress.column}: ${progress.rows} rows rewritten`
      : `${text[progress.step]} (key ${progress.keyId})`
  process.stdout.write(`${line}\n`)
}

try {
  const config = loadConfig(process.env)
  const db = await openDatabase(config)
  try {
    const { rows, keyId } = await rotateKeys({
      db,
      keysFile: config.keysFile,
      columns: sealedColumns,
      now: () => new Date(),
      onProgress: say,
    })
    process.stdout.write(
      `Done: ${rows} rows are under key ${keyId}. Back up ${config.keysFile}, apart from the data.\n`,
    )
  } finally {
    await db.close()
  }
} catch (error) {
  process.stderr.write(`The keys could not be rotated: ${(error as Error).message}\n`)
  process.exitCode = 1
}
