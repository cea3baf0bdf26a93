/**
 * Creates a user account at the command line. It is needed for the first three officers, who create all other accounts,
 * and to get access again when nobody can sign in any more.
 *
 *   npm run account:create                                      asks for each officer that is still missing
 *   npm run account:create -- --login admin --name 王敏          a system administrator; asks for the password only
 *   npm run account:create -- --login hall --role viewer --link  prints a one-time link instead of asking
 *
 * The password is typed without echo, or read from standard input. It is never an argument, because the shell history
 * and the process list show arguments.
 */
import '#platform/private-files.ts'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { createAccount } from '#modules/accounts/create-account.ts'
import { missingOfficers } from '#modules/accounts/officers.ts'
import { type RoleName, roleNames, roleWords } from '#modules/accounts/words.ts'
import { migrate } from '#platform/database/migrate.ts'
import { openDatabase } from '#platform/database/open.ts'
import { systemClock } from '#platform/time.ts'
import { loadConfig } from '#src/config.ts'
import { assertKeysOfDatabase, openKeys } from '#src/keys.ts'
import { migrationSteps } from '#src/steps.ts'

const usage = `Creates a user account at the command line.

  npm run account:create -- [--login NAME] [--name NAME] [--role ROLE] [--link]
                            [--unit ID | --district CODE | --team ID]

Without --login and --role it makes the first system_administrator, auditor and city_office, each
another person. With --login the role is system_administrator unless told; --unit, --district or
--team limit it; --link prints a one-time link instead of asking for a password.

  roles: ${roleNames.slice(0, 5).join(', ')},
         ${roleNames.slice(5).join(', ')}`

const { values } = parseArgs({
  options: {
    login: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string' },
    unit: { type: 'string' },
    district: { type: 'string' },
    team: { type: 'string' },
    link: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** Standard error with an echo that can be turned off, for passwords. */
class Screen extends Writable {
  hidden = false
  override _write(chunk: Buffer, _: string, done: () => void): void {
    if (!this.hidden) process.stderr.write(chunk)
    done()
  }
}

const screen = new Screen()
const terminal = process.stdin.isTTY === true
const lines = createInterface({ input: process.stdin, output: screen, terminal })
const answers = lines[Symbol.asyncIterator]()

async function ask(question: string, { hidden = false } = {}): Promise<string> {
  if (terminal) process.stderr.write(question)
  screen.hidden = hidden
  const { value } = await answers.next()
  screen.hidden = false
  if (terminal && hidden) process.stderr.write('\n')
  return typeof value === 'string' ? value.trim() : ''
}

async function askPassword(): Promise<string> {
  const password = await ask('密码 · Password (12 characters or more, not shown): ', { hidden: true })
  if (terminal && password !== (await ask('再输入一次 · The same again: ', { hidden: true }))) {
    throw new Error('the two passwords are not the same')
  }
  return password
}

type Needs = Parameters<typeof createAccount>[0]

async function createOne(needs: Needs, role: RoleName): Promise<void> {
  const login = values.login ?? (await ask('账号 · Login: '))
  const name = values.name ?? (values.login ? login : await ask('姓名 · Name: '))
  const password = values.link ? undefined : await askPassword()
  const scope = { unitId: values.unit, districtCode: values.district, teamId: values.team }
  const created = await createAccount(needs, { login, name, password, grants: [{ role, ...scope }] })
  process.stdout.write(`Created ${created.login} as ${role}.\n`)
  if (created.link) process.stdout.write(`One-time link, good until ${created.expiresAt}:\n${created.link}\n`)
}

/**
 * Asks for each missing officer. They must be three different people (三员分立); later no officer can create another
 * officer alone.
 */
async function createOfficers(needs: Needs): Promise<void> {
  const missing = await missingOfficers(needs.db.read)
  if (missing.length === 0) process.stdout.write('There is a holder of each officer’s role already.\n')
  for (const role of missing) {
    const { zh, en } = roleWords[role]
    process.stderr.write(`\n${zh} · ${en}\n`)
    await createOne(needs, role)
  }
}

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(`${usage}\n`)
  const asked = values.role as RoleName | undefined
  if (asked && !roleNames.includes(asked)) throw new Error(`there is no role ${asked}\n${usage}`)
  const config = loadConfig(process.env)
  mkdirSync(config.dataDir, { recursive: true })
  await assertKeysOfDatabase(config)
  await migrate(config.databaseUrl, { steps: migrationSteps(config.keysFile) })
  const db = await openDatabase(config)
  try {
    const keys = await openKeys(db, config)
    const needs = { db, keys, config, now: systemClock.now }
    if (asked || values.login) await createOne(needs, asked ?? 'system_administrator')
    else await createOfficers(needs)
  } finally {
    await db.close()
  }
}

try {
  await main()
} catch (error) {
  process.stderr.write(`No account was created: ${(error as Error).message}\n`)
  process.exitCode = 1
} finally {
  lines.close()
}
