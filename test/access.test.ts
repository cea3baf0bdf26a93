/** Every route says who may call it, and means it. */
import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { declaredRoutes } from '#platform/http/access.ts'
import { permissions } from '#src/app.ts'
import { smallServer } from '#test/platform/http/small-server.ts'
import { startApp } from '#test/support/app.ts'

const src = resolve(import.meta.dirname, '../src')

/** The only routes that anybody may call. A new one is a decision, taken here. */
const open = [
  'GET /',
  // What somebody without a session needs to get one; limited, and locked out, by attempts.
  'POST /api/sessions',
  'POST /api/login-codes',
  'PUT /api/password',
  'GET /api/activations/:token',
  'PUT /api/activations/:token/password',
  'GET /sign-in',
  'POST /sign-in',
  'POST /sign-out',
  'GET /sign-in/code',
  'POST /sign-in/code',
  'GET /a/:token',
  'POST /a/:token',
  'GET /password',
  'POST /password',
  // Signed by the provider.
  'POST /api/callbacks/mail/bounces',
  'POST /api/callbacks/twilio/receipts',
  'POST /api/callbacks/twilio/replies',
  'GET /api/clock',
  'GET /api/docs/*',
  'GET /api/openapi.json',
  // The console's files, and the page it starts from: nothing in them but what is said to everybody.
  'GET /assets/*',
  'GET /events',
  'GET /events/*',
  'GET /home',
  'GET /home/*',
  'GET /inspection',
  'GET /inspection/*',
  'GET /people',
  'GET /people/*',
  'GET /print',
  'GET /print/*',
  'GET /city',
  'GET /city/*',
  'GET /ranks',
  'GET /appeals',
  'GET /grid',
  'GET /grid/*',
  'GET /admin',
  'GET /admin/*',
  'GET /account',
  'GET /account/*',
  'GET /m',
  'GET /m/*',
  'GET /m/sw.js',
  'GET /screen',
  'GET /screen/*',
  'GET /c',
  'GET /c/position.js',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
]

test('every route declares an access, and only the known ones are open', async () => {
  await using app = await startApp({ worker: false })
  const routes = declaredRoutes(app.app)
  const known = new Set(['public', 'link', 'screen', 'signed-in', ...Object.keys(permissions)])
  expect(routes.filter(({ access }) => !known.has(access ?? ''))).toEqual([])
  const found = routes
    .filter(({ access, method }) => access === 'public' && method !== 'HEAD')
    .map(({ method, url }) => `${method} ${url.replace(/^\/api\/docs(\/.*)?$/, '/api/docs/*')}`)
  expect([...new Set(found)].sort()).toEqual([...open].sort())
})

test('no permission is declared for nothing: each is asked for by a route, or by a use-case behind one', async () => {
  await using app = await startApp({ worker: false })
  const asked = new Set(declaredRoutes(app.app).map(({ access }) => access as string))
  const elsewhere = globSync('modules/**/*.ts', { cwd: src })
    .filter((file) => !/(^|\/)(permissions|roles)\.ts$/.test(file))
    .map((file) => readFileSync(join(src, file), 'utf8'))
  const unasked = Object.keys(permissions).filter(
    (name) => !asked.has(name) && !elsewhere.some((text) => text.includes(`'${name}'`)),
  )
  expect(unasked).toEqual([])
})

test('without a session every protected route answers 401', async () => {
  await using app = await startApp({ worker: false })
  const guarded = declaredRoutes(app.app).filter(
    ({ access }) => access !== 'public' && access !== 'link' && access !== 'screen',
  )
  expect(guarded.length).toBeGreaterThan(0)
  const answers = await Promise.all(
    guarded.map(async ({ method, url }) => {
      const path = url.replace(/:\w+/g, '00000000-0000-7000-8000-000000000000')
      const { statusCode } = await app.app.inject({ method: method as 'GET', url: path })
      return `${method} ${url} ${statusCode}`
    }),
  )
  expect(answers.filter((answer) => !answer.endsWith(' 401'))).toEqual([])
})

test('a junk token is no session', async () => {
  await using app = await startApp({ worker: false })
  const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"x","jti":"x","exp":9999999999}').toString('base64url')}.`
  for (const token of ['x', 'a.b.c', none]) {
    const { status, body } = await app.request
      .put('/api/clock')
      .set('authorization', `Bearer ${token}`)
      .send({})
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'access.unauthenticated' })
  }
})

test('a server with a route that declares nothing, or a permission nobody has, does not start', async () => {
  const silent = await smallServer()
  silent.route({ method: 'GET', url: '/silent', handler: async () => 'x' })
  await expect(silent.ready()).rejects.toThrow('GET /silent: nothing')

  const mistyped = await smallServer()
  mistyped.route({
    method: 'GET',
    url: '/things',
    config: { access: 'thing.reed' },
    handler: async () => 'x',
  })
  await expect(mistyped.ready()).rejects.toThrow('GET /things: thing.reed')
})
