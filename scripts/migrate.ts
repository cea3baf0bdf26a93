/** Brings the database of DATABASE_URL to the newest migration: `npm run migrate`. */

import { mkdirSync } from 'node:fs'
import { migrate } from '#platform/database/migrate.ts'
import { loadConfig } from '#src/config.ts'

const { databaseUrl, dataDir } = loadConfig()
mkdirSync(dataDir, { recursive: true })
const count = await migrate(databaseUrl)
process.stdout.write(count > 0 ? `${count} applied\n` : 'already current\n')
