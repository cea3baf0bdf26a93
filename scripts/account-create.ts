/**
 * Creates a user at the command line: the first administrator, or a way back in when nobody can sign in any more.
 *
 *   npm run account:create                                      asks for everything
 *   npm run account:create -- --login admin --name 王敏          asks for the password only
 *   npm run account:create -- --login hall --role viewer --link  prints a one-time link instead of asking
 *
 * The password is typed without being shown, or comes in on standard input; it is never an argument, because
 * arguments end up in the shell's history and in the list of processes.
 */
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { createAccount } from '#modules/accounts/create-account.ts'
import { type RoleName, roleNames } from '#modules/accounts/words.ts'
import { KeyRing } from '#platform/crypto/index.ts'
import { migrate } from '#platform/database/migrate.ts'
import { openDatabase } from '#platform/database/open.ts'
import { systemClock } from '#platform/time.ts'
import { loadConfig } from '#src/config.ts'

const usage = `usage: npm run account:create -- [--login NAME] [--name NAME] [--role ${roleNames.join('|')}] [--link]
  the role is system_administrator unless told; --unit ID, --district CODE or --team ID limit it`

const { values } = parseArgs({
  options: {
    login: { type: 'string' },
    name: { type: 'string' },
    role: { type: 'string', default: 'system_administrator' },
    unit: { type: 'string' },
    district: { type: 'string' },
    team: { type: 'string' },
    link: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

/** Echoes what is typed only while it may be seen. */
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

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(`${usage}\n`)
  const role = values.role as RoleName
  if (!roleNames.includes(role)) throw new Error(`there is no role ${role}\n${usage}`)
  const login = values.login ?? (await ask('登录名 · Login: '))
  const name = values.name ?? (values.login ? login : await ask('姓名 · Name: '))
  const password = values.link ? undefined : await askPassword()
  const config = loadConfig(process.env)
  await migrate(config.databaseUrl)
  const db = await openDatabase(config)
  try {
    const keys = new KeyRing(config.keysFile)
    const scope = { unitId: values.unit, districtCode: values.district, teamId: values.team }
    const created = await createAccount(
      { db, keys, config, now: systemClock.now },
      { login, name, password, grants: [{ role, ...scope }] },
    )
    process.stdout.write(`Created ${created.login} as ${role}.\n`)
    if (created.link)
      process.stdout.write(`One-time link, good until ${created.expiresAt}:\n${created.link}\n`)
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
