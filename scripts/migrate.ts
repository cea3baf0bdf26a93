/** Applies all pending migrations to the database of DATABASE_URL: `npm run migrate`. */
import '#platform/private-files.ts'
import './lib/help.ts'
import { mkdirSync } from 'node:fs'
import { migrate } from '#platform/database/migrate.ts'
import { loadConfig } from '#src/config.ts'
import { assertKeysOfDatabase } from '#src/keys.ts'
import { migrationSteps } from '#src/steps.ts'

try {
  const config = loadConfig()
  mkdirSync(config.dataDir, { recursive: true })
  await assertKeysOfDatabase(config)
  const count = await migrate(config.databaseUrl, { steps: migrationSteps(config.keysFile) })
  process.stdout.write(count > 0 ? `${count} applied\n` : 'already current\n')
} catch (error) {
  process.stderr.write(`Nothing was migrated: ${(error as Error).message}\n`)
  process.exitCode = 1
}
