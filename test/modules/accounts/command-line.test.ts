import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { roleGrants } from '#modules/accounts/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { startApp, type TestApp } from '#test/support/app.ts'
import { goodPassword } from '#test/support/factories/accounts.ts'
import { startFlags } from '#test/support/service.ts'

/** Runs a script as somebody at the machine would, on the database and the keys of a test app. */
async function run(app: TestApp, script: string, args: string[], typed = '') {
  const { databaseUrl, dataDir, keysFile } = app.context.config
  const child = spawn(
    process.execPath,
    [...startFlags, resolve(import.meta.dirname, `../../../scripts/${script}.ts`), ...args],
    {
      env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl, DATA_DIR: dataDir, KEYS_FILE: keysFile },
    },
  )
  let out = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (out += chunk))
  child.stdin.end(typed)
  const code = await new Promise((done) => child.once('close', done))
  return { code, out }
}

test('the first administrator is made at the command line, with a password that is shown nowhere', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const args = ['--login', 'First.Admin', '--name', '王敏']
  const weak = await run(app, 'account-create', args, 'short\n')
  expect([weak.code, weak.out]).toEqual([1, expect.stringContaining('at least 12')])
  const common = await run(app, 'account-create', args, 'Wangmin-2026-1314\n')
  expect([common.code, common.out]).toEqual([1, expect.stringContaining('too common')])
  const made = await run(app, 'account-create', args, `${goodPassword}\n`)
  expect(made).toEqual({ code: 0, out: 'Created first.admin as system_administrator.\n' })
  const again = await run(app, 'account-create', args, `${goodPassword}\n`)
  expect([again.code, again.out]).toEqual([1, expect.stringContaining('has this login already')])
  const session = await app.request
    .post('/api/sessions')
    .send({ login: 'first.admin', password: goodPassword, kind: 'bearer' })
  const me = await app.request.get('/api/me').auth(session.body.token, { type: 'bearer' })
  expect(me.body.permissions).toEqual([
    'accounts.edit',
    'accounts.read',
    'officers.confirm',
    'system.operate',
  ])
  const [entry] = await app.db.read.select().from(auditEntries).where(eq(auditEntries.action, 'role.granted'))
  expect(entry).toMatchObject({ actorKind: 'system', subject: `user:${me.body.userId}` })
})

test('without arguments, the missing officers are created, each another person', async () => {
  await using app = await startApp({ worker: false, unused: true })
  await app.db.transaction((tx) =>
    tx.update(roleGrants).set({ revokedAt: app.clock.now() }).where(eq(roleGrants.role, 'auditor')),
  )
  const made = await run(app, 'account-create', [], `shenji\n赵审计\n${goodPassword}\n`)
  expect([made.code, made.out]).toEqual([0, expect.stringContaining('Created shenji as auditor.')])
  const again = await run(app, 'account-create', [])
  expect(again).toEqual({ code: 0, out: 'There is a holder of each officer’s role already.\n' })
})

test('an account can be created with a one-time link, and with a role over a part of the organisation', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const made = await run(app, 'account-create', [
    '--login',
    'hall',
    '--role',
    'district_office',
    '--district',
    '210502',
    '--link',
  ])
  expect(made.code).toBe(0)
  const path = new URL(made.out.trim().split('\n').at(-1) as string).pathname
  const token = path.split('/').at(-1)
  expect(
    (await app.request.put(`/api/activations/${token}/password`).send({ password: goodPassword })).status,
  ).toBe(200)
  const unfit = await run(app, 'account-create', ['--login', 'hall2', '--role', 'district_office', '--link'])
  expect([unfit.code, unfit.out]).toEqual([1, expect.stringContaining('is given over: district')])
  const unknown = await run(app, 'account-create', ['--login', 'hall3', '--role', 'root', '--link'])
  expect([unknown.code, unknown.out]).toEqual([1, expect.stringContaining('there is no role root')])
})

test('audit:verify ends with 0 while the trail is whole, and with 1 naming the first entry that is not', async () => {
  await using app = await startApp({ unused: true })
  await app
    .as('city_office')
    .post('/api/users')
    .send({ login: 'somebody', name: '甲', grants: [{ role: 'viewer' }] })
  await app.advance({ seconds: 30 })
  const whole = await run(app, 'audit-verify', [])
  expect([whole.code, whole.out]).toEqual([0, expect.stringContaining('2 sealed entries (1 to 2)')])
  await app.db.transaction((tx) =>
    tx.update(auditEntries).set({ actorId: 'nobody' }).where(eq(auditEntries.number, 2)),
  )
  const broken = await run(app, 'audit-verify', [])
  expect([broken.code, broken.out]).toEqual([1, expect.stringMatching(/broken at entry 2 \([0-9a-f-]{36}\)/)])
})
