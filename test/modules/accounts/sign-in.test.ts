import { createHook } from 'node:async_hooks'
import { eq } from 'drizzle-orm'
import supertest from 'supertest'
import { describe, expect, test } from 'vitest'
import { sessions, users } from '#modules/accounts/schema.ts'
import { auditEntries } from '#platform/audit/schema.ts'
import { tokenHash } from '#platform/crypto/index.ts'
import { startApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { cookieOf } from './cookies.ts'

const app = sharedApp()

describe('signing in by password', () => {
  test('gives a browser an opaque cookie that scripts and other sites cannot use', async () => {
    const user = await aUser(app.db, { grants: [{ role: 'viewer' }] })
    const reply = await app.request.post('/api/sessions').send({ login: user.login, password: goodPassword })
    expect(reply.status).toBe(201)
    const cookie = cookieOf(reply.headers)
    expect(cookie).toMatch(/^muster=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
    expect(reply.body.token).toBeUndefined()
    const me = await app.request.get('/api/me').set('cookie', cookie.split(';')[0] as string)
    expect(me.body).toMatchObject({
      userId: user.id,
      name: user.name,
      permissions: ['events.read', 'grid.read', 'reports.read'],
    })
    const [row] = await app.db.read.select().from(sessions).where(eq(sessions.id, reply.body.sessionId))
    const reference = cookie.slice('muster='.length).split(';')[0] as string
    expect(row?.tokenHash).toBe(tokenHash(reference))
  })

  test('marks the cookie Secure, for this host alone, where PUBLIC_URL is https', async () => {
    await using app = await startApp({ env: { PUBLIC_URL: 'https://muster.example.cn', CLOCK: 'system' } })
    const user = await aUser(app.db)
    const reply = await app.request.post('/api/sessions').send({ login: user.login, password: goodPassword })
    expect(cookieOf(reply.headers)).toMatch(
      /^__Host-muster=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    )
  })

  test('gives a program a bearer token', async () => {
    const user = await aUser(app.db, { grants: [{ role: 'viewer' }] })
    const reply = await app.request
      .post('/api/sessions')
      .send({ login: user.login.toUpperCase(), password: goodPassword, kind: 'bearer' })
    expect(reply.status).toBe(201)
    expect(reply.headers['set-cookie']).toBeUndefined()
    const me = await app.request.get('/api/me').auth(reply.body.token, { type: 'bearer' })
    expect(me.body.userId).toBe(user.id)
  })

  test('answers the same to an unknown login, a wrong password, a disabled user and one without a password', async () => {
    const known = await aUser(app.db)
    const invited = await aUser(app.db, { password: null })
    const disabled = await aUser(app.db)
    await app.db.transaction((tx) =>
      tx.update(users).set({ disabledAt: app.clock.now() }).where(eq(users.id, disabled.id)),
    )
    const tries = [
      { login: 'nobody-at-all', password: goodPassword },
      { login: known.login, password: `${goodPassword}x` },
      { login: invited.login, password: goodPassword },
      { login: disabled.login, password: goodPassword },
    ]
    const replies = []
    for (const body of tries) replies.push(await app.request.post('/api/sessions').send(body))
    const seen = replies.map(({ status, body: { requestId: _, ...body }, headers }) => {
      const { date: _d, 'x-request-id': _r, ...rest } = headers
      return { status, body, rest }
    })
    for (const each of seen) expect(each).toEqual(seen[0])
    expect(seen[0]).toMatchObject({ status: 401, body: { code: 'sign_in.failed' } })
  })

  test('hashes as often for an unknown login, an invited and a disabled user, so that the time reveals nothing', async () => {
    const { login } = await aUser(app.db)
    let hashed = 0
    // The native module gives its work on the thread pool no name, and Node calls it this.
    const counting = createHook({ init: (_, type) => void (type === 'undefined' && hashed++) })
    const hashesFor = async (of: string) => {
      const before = hashed
      await app.request.post('/api/sessions').send({ login: of, password: 'wrong-password' }).expect(401)
      return hashed - before
    }
    await hashesFor('the-first-makes-the-decoy')
    counting.enable()
    const invited = await aUser(app.db, { password: null })
    const disabled = await aUser(app.db)
    await app.db.transaction((tx) =>
      tx.update(users).set({ disabledAt: app.clock.now() }).where(eq(users.id, disabled.id)),
    )
    const hashes = []
    for (const each of [login, 'nobody-at-all', invited.login, disabled.login])
      hashes.push(await hashesFor(each))
    expect(hashes).toEqual([1, 1, 1, 1])
    counting.disable()
  })

  test('waits ever longer after failures, for unknown logins too, and not for others behind the same address', async () => {
    const { login } = await aUser(app.db)
    const other = await aUser(app.db)
    const attempt = (who: string, password = 'wrong-password-here') =>
      app.request.post('/api/sessions').send({ login: who, password })
    for (const who of [login, 'nobody-knows-me']) {
      for (let at = 0; at < 5; at++) expect((await attempt(who)).status).toBe(401)
      const locked = await attempt(who)
      expect(locked.status).toBe(429)
      expect(locked.body).toMatchObject({ code: 'attempts.wait' })
      expect(Number(locked.headers['retry-after'])).toBeLessThanOrEqual(30)
    }
    expect((await attempt(login, goodPassword)).status).toBe(429)
    expect((await attempt(other.login, goodPassword)).status).toBe(201)
    await app.advance({ seconds: 31 })
    expect((await attempt(login)).status).toBe(401)
    const again = await attempt(login)
    expect(Number(again.headers['retry-after'])).toBeGreaterThan(30)
    await app.advance({ seconds: 61 })
    expect((await attempt(login, goodPassword)).status).toBe(201)
    expect((await attempt(login)).status).toBe(401)
  })

  test('attempts from many addresses slow down unknown browsers and raise an alarm, and lock nobody out', async () => {
    await using app = await startApp({ worker: false, env: { TRUST_PROXY: 'loopback' } })
    const { login } = await aUser(app.db)
    const attempt = (address: string, password = 'wrong-password-here') =>
      app.request.post('/api/sessions').set('x-forwarded-for', address).send({ login, password })
    for (let at = 0; at < 24; at++) expect((await attempt(`203.0.113.${at}`)).status).toBe(401)
    // From now on each address has one try before it waits.
    expect((await attempt('203.0.113.23')).status).toBe(429)
    const alarms = await app.db.read
      .select({ actorKind: auditEntries.actorKind })
      .from(auditEntries)
      .where(eq(auditEntries.action, 'sign_in.attacked'))
    expect(alarms).toEqual([{ actorKind: 'anonymous' }])
    const owner = await attempt('198.51.100.7', goodPassword)
    expect(owner.status).toBe(201)
  })

  test.each(['default', 'djbh-2'])(
    'of %s: a browser its owner signed in from is never shut out by others',
    async (profile) => {
      await using app = await startApp({ worker: false, env: { SECURITY_PROFILE: profile } })
      const { login } = await aUser(app.db, { grants: [{ role: 'viewer' }] })
      const [own, stranger] = [supertest.agent(app.url), supertest.agent(app.url)]
      const signIn = (browser: typeof own, password: string) =>
        browser.post('/api/sessions').send({ login, password })
      expect((await signIn(own, goodPassword)).status).toBe(201)
      const other = await aUser(app.db)
      // Known to somebody else, which says nothing about this login.
      await stranger.post('/api/sessions').send({ login: other.login, password: goodPassword }).expect(201)
      for (let hour = 0; hour < 3; hour++) {
        for (let at = 0; at < 25; at++) await signIn(stranger, 'wrong-password-here')
        expect((await signIn(stranger, goodPassword)).status).toBe(429)
        expect((await signIn(own, goodPassword)).status).toBe(201)
        await app.advance({ minutes: 20 })
      }
      // A made-up cookie is nobody's browser: it waits like any stranger, with the right password, too.
      for (let at = 0; at < 25; at++) await signIn(stranger, 'wrong-password-here')
      const forged = await app.request
        .post('/api/sessions')
        .set('cookie', 'muster-browser=abcdefgh~k1.abcdefgh')
        .send({ login, password: goodPassword })
      expect(forged.status).toBe(429)
      expect((await signIn(own, goodPassword)).status).toBe(201)
    },
  )

  test('a new one-time link works during an attack on the login', async () => {
    await using app = await startApp({ worker: false })
    const user = await aUser(app.db, { password: null, grants: [{ role: 'viewer' }] })
    const signIn = (browser: ReturnType<typeof supertest.agent>, password: string) =>
      browser.post('/api/sessions').send({ login: user.login, password })
    const { body } = await app
      .as('city_office')
      .post(`/api/users/${user.id}/activations`)
      .send({ deliver: 'list' })
    const [stranger, own] = [supertest.agent(app.url), supertest.agent(app.url)]
    for (let at = 0; at < 25; at++) await signIn(stranger, 'wrong-password-here')
    const token = body.link.split('/').at(-1)
    await own.put(`/api/activations/${token}/password`).send({ password: goodPassword }).expect(200)
    for (let at = 0; at < 5; at++) await signIn(stranger, 'wrong-password-here')
    expect((await signIn(own, goodPassword)).status).toBe(201)
  })

  test('many concurrent guesses do not get around the limit', async () => {
    const { login } = await aUser(app.db)
    const guesses = Array.from({ length: 20 }, (_, at) =>
      app.request.post('/api/sessions').send({ login, password: `wrong-guess-${at}` }),
    )
    const statuses = (await Promise.all(guesses)).map((reply) => reply.status).sort()
    expect(statuses).toEqual([...Array(5).fill(401), ...Array(15).fill(429)])
  })

  test('a form of hostile input is refused without being looked at', async () => {
    const bodies = [
      {},
      { login: 'a' },
      { login: { $ne: null }, password: 'x' },
      { login: ['a'], password: 'x' },
      { login: 'a', password: 'x', admin: true },
      { login: 'a', password: 'x'.repeat(600) },
      { login: 'a', password: 'x', kind: 'root' },
    ]
    for (const body of bodies) expect((await app.request.post('/api/sessions').send(body)).status).toBe(400)
    const odd = await app.request
      .post('/api/sessions')
      .send({ login: "' or 1=1 --\u0000", password: '\u0000' })
    expect(odd.status).toBe(401)
  })

  test('is audited with the address, and failures name no login', async () => {
    const { id, login } = await aUser(app.db)
    await app.request.post('/api/sessions').send({ login, password: 'wrong-password-here' })
    const { body } = await app.request.post('/api/sessions').send({ login, password: goodPassword })
    const entries = await app.db.read.select().from(auditEntries)
    expect(
      entries.map(({ action, actorKind, actorId, subject }) => ({ action, actorKind, actorId, subject })),
    ).toEqual(
      expect.arrayContaining([
        {
          action: 'sign_in.failed',
          actorKind: 'anonymous',
          actorId: null,
          subject: expect.stringMatching(/^login:/),
        },
        { action: 'session.started', actorKind: 'user', actorId: id, subject: `session:${body.sessionId}` },
      ]),
    )
    expect(JSON.stringify(entries)).not.toContain(login)
    expect(entries.every((entry) => entry.address === null || /127\.0\.0\.1/.test(entry.address))).toBe(true)
  })
})
