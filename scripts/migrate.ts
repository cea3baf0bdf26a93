/** Brings the database of DATABASE_URL to the newest migration: `npm run migrate`. */

import { migrate } from '#platform/database/migrate.ts'
import { loadConfig } from '#src/config.ts'

const count = await migrate(loadConfig(process.env).databaseUrl)
process.stdout.write(count > 0 ? `${count} applied\n` : 'already current\n')
