/** What is refused before any route's own code runs: asked of every route of the service. */
import { expect, test } from 'vitest'
import { permissionsOf } from '#modules/accounts/role-permissions.ts'
import { roleNames } from '#modules/accounts/words.ts'
import { type DeclaredRoute, declaredRoutes } from '#platform/http/access.ts'
import { bodyKindsOf } from '#platform/http/body-kinds.ts'
import { startApp, type TestApp } from '#test/support/app.ts'

interface Part {
  type?: string
  format?: string
  enum?: string[]
  anyOf?: Part[]
  minimum?: number
  examples?: unknown[]
  properties?: Record<string, Part>
  required?: string[]
  additionalProperties?: boolean
}

/** Something that a simple part of an address may be. */
function sampleOf({ enum: words, anyOf, type, format, examples, minimum = 1 }: Part): string {
  if (words) return words[0] as string
  if (examples) return String(examples[0])
  if (format === 'date-time') return '2026-03-04T05:30:00Z'
  if (anyOf) return sampleOf(anyOf[0] as Part)
  return type === 'integer' || type === 'number' ? String(minimum) : id
}

const id = '00000000-0000-7000-8000-000000000000'
const paramsOf = ({ schema }: DeclaredRoute) => (schema?.params as Part | undefined)?.properties ?? {}
const queryOf = ({ schema }: DeclaredRoute) => schema?.querystring as Part | undefined

/** An address of the route with everything it needs, and `more` in its query. */
function addressOf(route: DeclaredRoute, more: Record<string, string> = {}): string {
  const path = route.url
    .replace(/:(\w+)/g, (_, name: string) => sampleOf(paramsOf(route)[name] ?? {}))
    .replace('*', 'x')
  const { required = [], properties = {} } = queryOf(route) ?? {}
  const needed = Object.fromEntries(required.map((key) => [key, sampleOf(properties[key] ?? {})]))
  const query = new URLSearchParams({ ...needed, ...more }).toString()
  return query === '' ? path : `${path}?${query}`
}

const nameOf = ({ method, url }: DeclaredRoute) => `${method} ${url}`
const takesBody = ({ method }: DeclaredRoute) => /^(POST|PUT|PATCH|DELETE)$/.test(method)

/** What a request needs to get past the door of a route. */
function headersFor(app: TestApp, { access = 'public' }: DeclaredRoute): Record<string, string> {
  if (access === 'public' || access === 'link' || access === 'screen') return {}
  const role =
    access === 'signed-in' ? roleNames[0] : roleNames.find((each) => permissionsOf(each).has(access))
  if (!role) throw new Error(`no role may ${access}`)
  return { authorization: `Bearer ${app.tokenOf(role)}` }
}

async function ask(
  app: TestApp,
  route: DeclaredRoute,
  more: { query?: Record<string, string>; headers?: object; payload?: string | Buffer },
) {
  const { statusCode, body } = await app.app.inject({
    method: route.method as 'GET',
    url: addressOf(route, more.query),
    headers: { ...headersFor(app, route), ...more.headers },
    payload: more.payload,
  })
  const { code, violations = [] } = JSON.parse(body || '{}')
  return `${nameOf(route)} ${statusCode} ${code} ${violations.map(({ at }: { at: string }) => at).join()}`.trim()
}

/** The keys of a query that are numbers. */
function numbersOf(query: Part | undefined): string[] {
  const isNumber = ({ type, anyOf = [] }: Part): boolean =>
    type === 'number' || type === 'integer' || anyOf.some(isNumber)
  return Object.entries(query?.properties ?? {})
    .filter(([, part]) => isNumber(part))
    .map(([key]) => key)
}

const form = 'application/x-www-form-urlencoded'
const formOf = ({ schema }: DeclaredRoute) =>
  (schema?.body as { content?: Record<string, { schema: Part }> })?.content?.[form]?.schema

test('a number without an end is refused in the query of every route', async () => {
  // Every link of the test is the same one.
  await using app = await startApp({ worker: false, env: { LIMIT_PER_LINK: '100000' } })
  const asked = declaredRoutes(app.app).flatMap((route) =>
    numbersOf(queryOf(route)).flatMap((key) => ['1e309', '-1e309'].map((value) => ({ route, key, value }))),
  )
  expect(asked.filter(({ key }) => key === 'limit').length).toBeGreaterThan(60)
  const answers = await Promise.all(
    asked.map(({ route, key, value }) =>
      ask(app, route, { query: { [key]: value }, headers: kindOf(route) }),
    ),
  )
  // HEAD has no body to name the key in.
  const wanted = asked.map(({ route, key }) =>
    route.method === 'HEAD'
      ? `${nameOf(route)} 400 undefined`
      : `${nameOf(route)} 400 request.invalid /query/${key}`,
  )
  expect(answers).toEqual(wanted)
})

test('a key that a query does not name is refused on every route under /api, and named', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const routes = declaredRoutes(app.app).filter(({ url }) => url.startsWith('/api/'))
  expect(routes.filter((route) => queryOf(route)?.additionalProperties !== false)).toEqual([])
  // A body is looked at before the query; without one the query is.
  const askable = routes.filter(
    (route) => route.method !== 'HEAD' && !(takesBody(route) && route.schema?.body),
  )
  expect(askable.length).toBeGreaterThan(100)
  const answers = await Promise.all(
    askable.map((route) => ask(app, route, { query: { unheard: '1' }, headers: kindOf(route) })),
  )
  expect(answers).toEqual(askable.map((route) => `${nameOf(route)} 400 request.invalid /query/unheard`))
})

test('a link stays one when a messenger adds keys of its own', async () => {
  await using app = await startApp({ worker: false, unused: true })
  await app.request.get('/?from=singlemessage&isappinstalled=0').expect(200)
  expect((await app.request.get('/c/0123456789AB?from=timeline')).body.code).toBe('link.unknown')
})

/** So that a route that takes forms or files is asked for its query, and not for its kind of body. */
function kindOf(route: DeclaredRoute): Record<string, string> {
  const [kind = ''] = takesBody(route) ? bodyKindsOf(route) : []
  if (kind === '' || kind === 'application/json') return {}
  return { 'content-type': kind === 'multipart/form-data' ? `${kind}; boundary=x` : kind }
}

const bodies = {
  'application/json': '{}',
  [form]: 'a=b',
  'multipart/form-data; boundary=x': '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n',
  'text/plain': 'a',
  'application/xml': '<a/>',
  'not a type': 'a',
}

test('a body of a kind that a route does not declare is refused on every route', async () => {
  // Every link of the test is the same one.
  await using app = await startApp({ worker: false, env: { LIMIT_PER_LINK: '100000' } })
  const asked = declaredRoutes(app.app)
    .filter(takesBody)
    .flatMap((route) =>
      Object.entries(bodies)
        .filter(([kind]) => !bodyKindsOf(route).includes(kind.split(';')[0] as string))
        .map(([kind, payload]) => ({ route, kind, payload })),
    )
  expect(asked.length).toBeGreaterThan(500)
  const answers = await Promise.all(
    asked.map(({ route, kind, payload }) => ask(app, route, { headers: { 'content-type': kind }, payload })),
  )
  expect(answers).toEqual(asked.map(({ route }) => `${nameOf(route)} 415 body.media_type`))
})

test('a form or a file that is not sent at all is refused, too', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const routes = declaredRoutes(app.app).filter(
    (route) => takesBody(route) && !bodyKindsOf(route).includes('application/json'),
  )
  expect(routes.length).toBeGreaterThan(10)
  const answers = await Promise.all(routes.map((route) => ask(app, route, {})))
  expect(answers).toEqual(routes.map((route) => `${nameOf(route)} 415 body.media_type`))
})

test('every form asks its fields for what they are', async () => {
  await using app = await startApp({ worker: false, unused: true })
  const forms = declaredRoutes(app.app).filter((route) => takesBody(route) && formOf(route) !== undefined)
  expect(forms.map(nameOf).sort()).toEqual([
    'POST /a/:token',
    'POST /c',
    'POST /c/:token/answer',
    'POST /c/:token/check-in',
    'POST /c/:token/check-out',
    'POST /c/:token/correction',
    'POST /c/:token/late-entry',
    'POST /c/:token/not-me',
    'POST /c/:token/undo-check-out',
    'POST /password',
    'POST /roll/:token',
    'POST /sign-in',
    'POST /sign-in/code',
    'POST /unsubscribe/:contactId/:token',
  ])
  const headers = { 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=utf-8' }
  const answers = await Promise.all(forms.map((route) => ask(app, route, { headers, payload: 'unheard=1' })))
  expect(answers.filter((answer) => !/ 400 request\.invalid \/body\/\w+$/.test(answer))).toEqual([])
})

test('a place without an end is refused in the form of the page behind a link', async () => {
  await using app = await startApp({ worker: false, unused: true })
  for (const field of ['latitude', 'longitude', 'accuracyM']) {
    const fields = {
      operationId: 'operation-1',
      assignmentId: id,
      latitude: '41',
      longitude: '123',
      [field]: '1e309',
    }
    const { status, body } = await app.request.post(`/c/0123456789AB/check-in`).type('form').send(fields)
    expect([status, body.violations]).toEqual([
      400,
      [{ at: `/body/${field}`, rule: 'type', message: 'must be a finite number' }],
    ])
  }
})
