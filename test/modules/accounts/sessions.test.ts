import { describe, expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'
import { sharedApp } from '#test/support/shared-app.ts'
import { cookieOf } from './cookies.ts'

const app = sharedApp()

const publicOrigin = 'http://localhost:3000'

describe('a session', () => {
  const signedIn = async (app: Awaited<ReturnType<typeof startApp>>, kind = 'cookie') => {
    const user = await aUser(app.db, { grants: [{ role: 'viewer' }] })
    const { headers, body } = await app.request
      .post('/api/sessions')
      .send({ login: user.login, password: goodPassword, kind })
    return {
      user,
      cookie: cookieOf(headers).split(';')[0] as string,
      token: body.token as string,
      id: body.sessionId as string,
    }
  }

  test('by cookie changes things only from pages of our own', async () => {
    const { cookie } = await signedIn(app)
    const signOut = (headers: Record<string, string>) =>
      app.request.delete('/api/sessions/current').set({ cookie, ...headers })
    for (const headers of [
      {},
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'http://localhost:3000.evil.example' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      const reply = await signOut(headers)
      expect(reply.status).toBe(403)
      expect(reply.body.code).toBe('origin.refused')
    }
    expect((await app.request.get('/api/me').set({ cookie, origin: 'http://evil.example' })).status).toBe(200)
    expect((await signOut({ origin: publicOrigin })).status).toBe(204)
    expect((await app.request.get('/api/me').set({ cookie })).status).toBe(401)
  })

  test('by bearer token needs no origin', async () => {
    const { token } = await signedIn(app, 'bearer')
    expect((await app.request.delete('/api/sessions/current').auth(token, { type: 'bearer' })).status).toBe(
      204,
    )
    expect((await app.request.get('/api/me').auth(token, { type: 'bearer' })).status).toBe(401)
  })

  test('ends when nobody used it for long, and after a day of work whatever happens', async () => {
    const idle = await signedIn(app)
    const busy = await signedIn(app)
    const see = ({ cookie }: { cookie: string }) => app.request.get('/api/me').set({ cookie })
    for (let hours = 0; hours < 11; hours++) {
      await app.advance({ hours: 1 })
      expect((await see(busy)).status).toBe(200)
    }
    expect((await see(idle)).status).toBe(401)
    await app.advance({ hours: 1 })
    expect((await see(busy)).status).toBe(401)
  })

  test('idles out sooner under the profile of 等保 2.0', async () => {
    await using app = await startApp({ env: { SECURITY_PROFILE: 'djbh-2' } })
    const { cookie } = await signedIn(app)
    await app.advance({ minutes: 14 })
    expect((await app.request.get('/api/me').set({ cookie })).status).toBe(200)
    await app.advance({ minutes: 15 })
    expect((await app.request.get('/api/me').set({ cookie })).status).toBe(401)
  })

  test('is listed, and ended one by one, by its owner and by nobody else', async () => {
    const { user, cookie, id } = await signedIn(app)
    const second = await app.request
      .post('/api/sessions')
      .send({ login: user.login, password: goodPassword, kind: 'bearer' })
    const { body } = await app.request.get('/api/sessions').set({ cookie })
    expect(body.items.map((item: { id: string; current: boolean }) => [item.id, item.current])).toEqual([
      [second.body.sessionId, false],
      [id, true],
    ])
    expect(JSON.stringify(body)).not.toContain(cookie.split('=')[1])
    expect((await app.as('viewer').delete(`/api/sessions/${id}`)).status).toBe(404)
    expect((await app.as('city_office').delete(`/api/sessions/${id}`)).status).toBe(204)
    expect((await app.request.get('/api/me').set({ cookie })).status).toBe(401)
    expect((await app.request.get('/api/me').auth(second.body.token, { type: 'bearer' })).status).toBe(200)
  })

  test('of a user who is disabled ends at once, by cookie and by token', async () => {
    const { user, cookie } = await signedIn(app)
    const { body } = await app.request
      .post('/api/sessions')
      .send({ login: user.login, password: goodPassword, kind: 'bearer' })
    expect((await app.request.get('/api/me').set({ cookie })).status).toBe(200)
    expect((await app.request.get('/api/me').auth(body.token, { type: 'bearer' })).status).toBe(200)
    expect((await app.as('city_office').put(`/api/users/${user.id}/suspension`)).status).toBe(204)
    expect((await app.request.get('/api/me').set({ cookie })).status).toBe(401)
    expect((await app.request.get('/api/me').auth(body.token, { type: 'bearer' })).status).toBe(401)
    expect((await app.as('city_office').delete(`/api/users/${user.id}/suspension`)).status).toBe(204)
    expect((await app.request.get('/api/me').set({ cookie })).status).toBe(401)
    expect(
      (await app.request.post('/api/sessions').send({ login: user.login, password: goodPassword })).status,
    ).toBe(201)
  })

  test('made up, cut short or of the wrong kind proves nothing', async () => {
    const { cookie, id } = await signedIn(app)
    const bearer = await signedIn(app, 'bearer')
    for (const bad of [
      'muster=',
      `muster=${id}`,
      `muster=${bearer.id}`,
      cookie.slice(0, -1),
      'muster=../../etc',
      `__Host-${cookie}`,
    ]) {
      expect((await app.request.get('/api/me').set('cookie', bad)).status).toBe(401)
    }
  })
})
