/** Two processes of the service on one database: what ends in one, ends in the other. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { users } from '#modules/accounts/schema.ts'
import { dialect } from '#platform/database/kit.ts'
import { loadConfig } from '#src/config.ts'
import { createContext } from '#src/context.ts'
import { sealedColumns } from '#src/sealed.ts'
import { createDatabase } from '#test/support/database.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'
import { aPerson } from '#test/support/factories/organisation.ts'
import { runScript, startService } from '#test/support/service.ts'

/** Three seconds are promised; how long it takes is for no test to say. */
const soon = { interval: 200 }

async function twoServices() {
  const folder = mkdtempSync(join(tmpdir(), 'muster-two-'))
  const database = await createDatabase()
  const env = { DATABASE_URL: database.url, DATA_DIR: folder }
  const context = await createContext(loadConfig({ ...env, LOG_LEVEL: 'silent' }), sealedColumns)
  const services = [await startService(env), await startService(env)]
  const [first, second] = services.map(({ url }) => url) as [string, string]
  return {
    context,
    db: context.db,
    env,
    first,
    second,
    async [Symbol.asyncDispose]() {
      for (const service of services) await service.kill()
      await context.close()
      await database[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function ask(url: string, path: string, token: string, method = 'GET') {
  return fetch(url + path, { method, headers: { authorization: `Bearer ${token}` } })
}

const statusAt = (url: string, path: string, token: string) => async () =>
  (await ask(url, path, token)).status

async function signedInAt(url: string, login: string): Promise<string> {
  const answer = await fetch(`${url}/api/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password: goodPassword, kind: 'bearer' }),
  })
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { token: string }).token
}

describe.runIf(dialect === 'postgresql')('what one process does, the other follows soon', () => {
  test('sessions end, grants fall, accounts are suspended, keys rotate', async () => {
    await using two = await twoServices()
    const { context, db, env, first, second } = two
    const office = await aUser(db, { grants: [{ role: 'city_office' }] })
    const viewer = await aUser(db, { grants: [{ role: 'viewer' }] })
    const other = await aUser(db, { grants: [{ role: 'viewer' }] })
    const officeToken = await signedInAt(first, office.login)
    const { id } = await aPerson({ db, context }, { phone: '15400007777' })
    // It waits long until every process has read the new key.
    const rotated = runScript('scripts/keys-rotate.ts', [], env)

    const ended = await signedInAt(first, viewer.login)
    expect(await statusAt(second, '/api/me', ended)()).toBe(200)
    expect((await ask(first, '/api/sessions/current', ended, 'DELETE')).status).toBe(204)
    await expect.poll(statusAt(second, '/api/me', ended), soon).toBe(401)

    const token = await signedInAt(second, viewer.login)
    expect(await statusAt(second, '/api/events', token)()).toBe(200)
    const { grants } = (await (await ask(first, `/api/users/${viewer.id}`, officeToken)).json()) as {
      grants: { id: string }[]
    }
    const grant = `/api/users/${viewer.id}/grants/${grants[0]?.id}`
    expect((await ask(first, grant, officeToken, 'DELETE')).status).toBeLessThan(300)
    await expect.poll(statusAt(second, '/api/events', token), soon).toBe(403)

    const suspended = await signedInAt(second, other.login)
    expect(await statusAt(second, '/api/me', suspended)()).toBe(200)
    await db.transaction((tx) =>
      tx.update(users).set({ disabledAt: other.createdAt }).where(eq(users.id, other.id)),
    )
    await expect.poll(statusAt(second, '/api/me', suspended), soon).toBe(401)

    const revealed = `/api/persons/${id}`
    await rotated
    const fresh = await signedInAt(first, office.login)
    for (const url of [first, second])
      for (const each of [fresh, officeToken]) expect(await statusAt(url, revealed, each)()).toBe(200)
  })
})
