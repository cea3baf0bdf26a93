import { expect, test } from 'vitest'
import { DomainError, type ErrorKind } from '#platform/errors.ts'
import { etagOf, requireIfMatch } from '#platform/http/etag.ts'
import { policyWith } from '#platform/http/layout.ts'
import { statusOf } from '#platform/http/problem.ts'
import { smallServer } from './small-server.ts'

/** A server whose one route throws what it is given. */
async function throwing(error: unknown) {
  const app = await smallServer()
  app.route({
    method: 'GET',
    url: '/api/fail',
    config: { access: 'public' },
    handler: async () => {
      throw error
    },
  })
  app.route({
    method: 'GET',
    url: '/page',
    config: { access: 'public' },
    handler: async () => {
      throw error
    },
  })
  return app
}

test.each(Object.entries(statusOf))(
  'an error of kind %s is answered %i, as a problem',
  async (kind, status) => {
    const app = await throwing(new DomainError(kind as ErrorKind, 'thing.wrong', 'It is wrong.', { max: 3 }))
    const answer = await app.inject({ url: '/api/fail', headers: { 'accept-language': 'en' } })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(answer.json()).toEqual({
      type: 'urn:muster:problem:thing.wrong',
      title: expect.any(String),
      status,
      code: 'thing.wrong',
      text: 'At most 3. Take fewer.',
      detail: 'It is wrong.',
      requestId: answer.headers['x-request-id'],
      details: { max: 3 },
    })
    expect((await app.inject('/api/fail')).json().text).toBe('最多3个，请减少。')
  },
)

test('an unknown error tells nothing of itself', async () => {
  const app = await throwing(new Error('insert into persons … params: 张伟,13800001234'))
  const answer = await app.inject('/api/fail')
  expect([answer.statusCode, answer.json().code]).toEqual([500, 'service.failed'])
  expect(answer.body).not.toMatch(/张伟|1380000|insert/)
})

test('a broken constraint is a conflict, and not a failure', async () => {
  const unique = Object.assign(new Error('duplicate key value'), { code: '23505' })
  const app = await throwing(new Error('Failed query', { cause: unique }))
  expect((await app.inject('/api/fail')).json()).toMatchObject({ status: 409, code: 'rows.unique' })
})

test('a browser that asks for a page gets one, in its language, and everybody else a problem', async () => {
  const app = await throwing(new DomainError('missing', 'link.missing', 'No such link.'))
  const zh = await app.inject({ url: '/page', headers: { accept: 'text/html' } })
  expect(zh.statusCode).toBe(404)
  expect(zh.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(zh.body).toContain('链接无效或不完整')
  const en = await app.inject({ url: '/page', headers: { accept: 'text/html', 'accept-language': 'en' } })
  expect(en.body).toContain('The link is not valid or not complete')
  expect((await app.inject('/page')).json().code).toBe('link.missing')
  expect((await app.inject({ url: '/api/fail', headers: { accept: 'text/html' } })).json().code).toBe(
    'link.missing',
  )
})

test('addresses that are nowhere, or cannot be decoded, are problems too', async () => {
  const app = await throwing(null)
  expect((await app.inject('/api/nowhere')).json()).toMatchObject({ status: 404, code: 'route.missing' })
  // What is there but not by this method says which it has.
  const other = await app.inject({ method: 'DELETE', url: '/api/fail?x=1' })
  expect(other.json()).toMatchObject({
    status: 405,
    code: 'route.method',
    details: { methods: ['GET', 'HEAD'] },
  })
  expect(other.headers.allow).toBe('GET, HEAD')
  expect((await app.inject('/api/%zz')).json()).toMatchObject({ status: 400, code: 'url.malformed' })
})

test('If-Match must be there, and be one of our ETags', async () => {
  const requestWith = (value?: string) =>
    ({ headers: { 'if-match': value } }) as Parameters<typeof requireIfMatch>[0]
  expect(requireIfMatch(requestWith(etagOf(7)))).toBe(7)
  expect(requireIfMatch(requestWith(`W/${etagOf(7)}`))).toBe(7)
  const codeOf = (value?: string) => {
    try {
      return requireIfMatch(requestWith(value))
    } catch (error) {
      return (error as DomainError).code
    }
  }
  expect(codeOf()).toBe('precondition.required')
  for (const value of ['*', 'v7', '"7"', '"v7", "v8"', '"v-1"'])
    expect(codeOf(value)).toBe('precondition.malformed')
})

test('what every answer carries keeps browsers safe', async () => {
  const careful = {
    'content-security-policy': policyWith(),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-dns-prefetch-control': 'off',
    'x-download-options': 'noopen',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    'permissions-policy': 'geolocation=(self), camera=(), microphone=(), payment=(), usb=()',
    'x-permitted-cross-domain-policies': 'none',
    'x-xss-protection': '0',
  }
  const app = await throwing(new Error('x'))
  const { headers } = await app.inject('/api/fail')
  const own = (name: string) => name in careful || name === 'strict-transport-security'
  expect(Object.fromEntries(Object.entries(headers).filter(([name]) => own(name)))).toEqual(careful)
  expect(policyWith()).toMatch(/default-src 'none';script-src 'self';/)
  expect(policyWith()).not.toMatch(/unsafe/)
  const behindTls = await smallServer({ publicUrl: new URL('https://muster.example.cn') })
  expect((await behindTls.inject('/')).headers).toMatchObject({
    ...careful,
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
  })
})
