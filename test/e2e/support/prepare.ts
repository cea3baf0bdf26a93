/** Makes the database that services begin with: migrated, with its officers. Run as a process of its own by `template.ts`. */
import { createAccount } from '#modules/accounts/create-account.ts'
import { migrate } from '#platform/database/migrate.ts'
import { openDatabase } from '#platform/database/open.ts'
import { systemClock } from '#platform/time.ts'
import { loadConfig } from '#src/config.ts'
import { openKeys } from '#src/keys.ts'
import { migrationSteps } from '#src/steps.ts'
import { demoPassword } from '../../../scripts/day/offices.ts'
import { officers } from './officers.ts'

const config = loadConfig()
await migrate(config.databaseUrl, { steps: migrationSteps(config.keysFile) })
const db = await openDatabase(config)
const needs = { db, keys: await openKeys(db, config), config, now: systemClock.now }
for (const { login, name, role } of officers)
  await createAccount(needs, { login, name, password: demoPassword, grants: [{ role }] })
await db.close()
