import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startApp, type TestApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

function forge(header: unknown, payload: unknown, secret: Buffer, algorithm = 'sha256'): string {
  const text = `${part(header)}.${part(payload)}`
  return `${text}.${createHmac(algorithm, secret).update(text).digest('base64url')}`
}

async function bearer(app: TestApp) {
  const user = await aUser(app.db, { grants: [{ role: 'viewer' }] })
  const body = { login: user.login, password: goodPassword, kind: 'bearer' }
  const { body: reply } = await app.request.post('/api/sessions').send(body)
  const [header, payload, signature] = (reply.token as string).split('.') as [string, string, string]
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  return { token: reply.token as string, header, payload, signature, claims }
}

const ask = (app: TestApp, authorization: string) => app.request.get('/api/me').set({ authorization })

describe('a bearer token', () => {
  test('says HS256, the user, the session and an end', async () => {
    await using app = await startApp()
    const { header, claims } = await bearer(app)
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'JWT' })
    expect(Object.keys(claims).sort()).toEqual(['exp', 'iat', 'jti', 'sub'])
    expect(claims.exp - claims.iat).toBe(12 * 3600)
  })

  test('is refused with 401, never 500, when it is not exactly ours', async () => {
    await using app = await startApp()
    const { token, header, payload, signature, claims } = await bearer(app)
    const secret = app.context.keys.signingKey()
    const hs256 = { alg: 'HS256', typ: 'JWT' }
    const { exp: _, ...endless } = claims
    const { jti: __, ...nameless } = claims
    const forged: Record<string, string> = {
      'no algorithm, no signature': `${part({ alg: 'none' })}.${payload}.`,
      'no algorithm, any signature': `${part({ alg: 'none', typ: 'JWT' })}.${payload}.${signature}`,
      'no algorithm in capitals': `${part({ alg: 'NONE' })}.${payload}.`,
      'HS512 with the right secret': forge({ alg: 'HS512', typ: 'JWT' }, claims, secret, 'sha512'),
      'HS384 with the right secret': forge({ alg: 'HS384', typ: 'JWT' }, claims, secret, 'sha384'),
      'RS256 as a name only': `${part({ alg: 'RS256', typ: 'JWT' })}.${payload}.${signature}`,
      'another secret': forge(hs256, claims, Buffer.from('secret')),
      'an empty secret': forge(hs256, claims, Buffer.alloc(0)),
      'no end': forge(hs256, endless, secret),
      'no session': forge(hs256, nameless, secret),
      'an end that is text': forge(hs256, { ...claims, exp: '9999999999' }, secret),
      'an end that was': forge(hs256, { ...claims, exp: claims.iat - 1 }, secret),
      'a session that never was': forge(
        hs256,
        { ...claims, jti: '018f0000-0000-7000-8000-000000000000' },
        secret,
      ),
      'a session that is an object': forge(hs256, { ...claims, jti: { $ne: null } }, secret),
      'a changed payload': `${header}.${part({ ...claims, sub: 'somebody-else' })}.${signature}`,
      'a cut signature': token.slice(0, -4),
      'no signature': `${header}.${payload}.`,
      'a payload that is not JSON': `${header}.AAAA.${signature}`,
      'a header that is not JSON': `AAAA.${payload}.${signature}`,
      'a critical header': forge({ ...hs256, crit: ['exp'] }, claims, secret),
    }
    for (const [what, bad] of Object.entries(forged)) {
      const reply = await ask(app, `Bearer ${bad}`)
      expect({ what, status: reply.status, code: reply.body.code }).toEqual({
        what,
        status: 401,
        code: 'access.unauthenticated',
      })
    }
    for (const junk of [
      'Bearer',
      'Bearer ',
      'Bearer a',
      'Bearer a.b',
      'Bearer ..',
      `Basic ${part('a:b')}`,
      token,
      `Bearer ${token} x`,
      `Bearer ${'a'.repeat(7000)}`,
    ]) {
      expect((await ask(app, junk)).status).toBe(401)
    }
    expect((await ask(app, `Bearer ${token}`)).status).toBe(200)
  })

  test('is over at its end, though its session row would still be there', async () => {
    await using app = await startApp()
    const { claims } = await bearer(app)
    const short = forge(
      { alg: 'HS256', typ: 'JWT' },
      { ...claims, exp: claims.iat + 60 },
      app.context.keys.signingKey(),
    )
    expect((await ask(app, `Bearer ${short}`)).status).toBe(200)
    await app.advance({ minutes: 2 })
    expect((await ask(app, `Bearer ${short}`)).status).toBe(401)
  })
})
