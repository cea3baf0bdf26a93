import Type from 'typebox'
import { expect, test } from 'vitest'
import { Body, Day, Id, Instant, Page, PageQuery, problems, ref } from '#platform/http/schemas.ts'
import { smallServer } from './small-server.ts'

const Thing = Type.Object({ id: Id, at: Instant, size: Type.Integer() }, { $id: 'TestThing' })
const ThingInput = Body({
  name: Type.String({ minLength: 1 }),
  size: Type.Integer(),
  on: Type.Optional(Day),
  part: Type.Optional(Body({ depth: Type.Integer() })),
  anything: Type.Optional(Type.Unknown()),
})

async function thingServer() {
  const app = await smallServer()
  app.route({
    method: 'POST',
    url: '/api/things',
    config: { access: 'things.edit' },
    schema: { body: ThingInput, response: { 201: ref(Thing), ...problems } },
    handler: async ({ body, actor }, reply) => {
      const view = {
        id: '0190a4c0-0000-7000-8000-000000000000',
        at: '2026-03-04T05:30:00.000Z',
        size: body.size,
      }
      return reply.status(201).send({ ...view, secret: actor.userId } as typeof view)
    },
  })
  app.route({
    method: 'GET',
    url: '/api/things',
    config: { access: 'things.read' },
    schema: { querystring: PageQuery, response: { 200: Page(Thing), ...problems } },
    handler: async ({ query }) => ({
      items: [
        {
          id: '0190a4c0-0000-7000-8000-000000000000',
          at: '2026-03-04T05:30:00.000Z',
          size: query.limit ?? 0,
        },
      ],
      nextCursor: null,
    }),
  })
  return app
}

const editor = { authorization: 'things.edit' }

async function refusalTo(payload: object | string, headers: Record<string, string> = {}) {
  const app = await thingServer()
  const {
    statusCode,
    headers: answered,
    body,
  } = await app.inject({
    method: 'POST',
    url: '/api/things',
    headers: { ...editor, ...headers },
    payload,
  })
  expect(answered['content-type']).toBe('application/problem+json; charset=utf-8')
  return { status: statusCode, ...JSON.parse(body) }
}

test('a body is taken as it stands: nothing is coerced, and unknown keys are refused at every depth', async () => {
  expect(await refusalTo({ name: 'a', size: '3' })).toMatchObject({
    status: 400,
    code: 'request.invalid',
    violations: [{ at: '/body/size', rule: 'type' }],
  })
  expect(await refusalTo({ name: 'a', size: 3, admin: true })).toMatchObject({
    violations: [{ at: '/body/admin', rule: 'additionalProperties' }],
  })
  expect(await refusalTo({ name: 'a', size: 3, part: { depth: 1, more: 2 } })).toMatchObject({
    violations: [{ at: '/body/part/more', rule: 'additionalProperties' }],
  })
  expect(await refusalTo({ size: 3 })).toMatchObject({ violations: [{ at: '/body/name', rule: 'required' }] })
  expect(await refusalTo({ name: 'a', size: 3, on: '2026-02-30' })).toMatchObject({
    violations: [{ at: '/body/on', rule: 'format' }],
  })
})

test('what is not JSON, too large, or of another type is refused under a code of its own', async () => {
  const json = { 'content-type': 'application/json' }
  expect(await refusalTo('{"name": ', json)).toMatchObject({ status: 400, code: 'body.malformed' })
  expect(await refusalTo('', json)).toMatchObject({ status: 400, code: 'body.malformed' })
  expect(await refusalTo({ name: 'a'.repeat(2 ** 21), size: 1 })).toMatchObject({
    status: 413,
    code: 'body.too_large',
  })
  expect(await refusalTo('<a/>', { 'content-type': 'text/xml' })).toMatchObject({
    status: 415,
    code: 'body.media_type',
  })
  expect(await refusalTo('{"name":"a","size":1,"__proto__":{"a":1}}', json)).toMatchObject({ status: 400 })
})

test('a number without an end is refused wherever it stands in a body', async () => {
  const json = { 'content-type': 'application/json' }
  expect(await refusalTo('{"name":"a","size":1e309}', json)).toMatchObject({
    status: 400,
    violations: [{ at: '/body/size', rule: 'type' }],
  })
  expect(await refusalTo('{"name":"a","size":1,"anything":[{"deep":-1e309}]}', json)).toMatchObject({
    status: 400,
    violations: [{ at: '/body/anything/0/deep', rule: 'type' }],
  })
})

test('an answer has what its contract names and nothing else', async () => {
  const app = await thingServer()
  const answer = await app.inject({
    method: 'POST',
    url: '/api/things',
    headers: editor,
    payload: { name: 'a', size: 3 },
  })
  expect(answer.statusCode).toBe(201)
  expect(answer.json()).toEqual({
    id: '0190a4c0-0000-7000-8000-000000000000',
    at: '2026-03-04T05:30:00.000Z',
    size: 3,
  })
})

test('a query is text, and becomes what the route asks for', async () => {
  const app = await thingServer()
  const list = (query: string) =>
    app.inject({ url: `/api/things${query}`, headers: { authorization: 'things.read' } })
  expect((await list('')).json().items[0].size).toBe(50)
  expect((await list('?limit=7')).json().items[0].size).toBe(7)
  expect((await list('?limit=201')).json()).toMatchObject({
    violations: [{ at: '/query/limit', rule: 'maximum' }],
  })
  expect((await list('?limit=many')).statusCode).toBe(400)
})

test('a body that would take unknown keys keeps the server from being built', async () => {
  const app = await smallServer()
  expect(() =>
    app.route({
      method: 'POST',
      url: '/api/loose',
      config: { access: 'public' },
      schema: { body: Type.Object({ name: Type.String() }) },
      handler: async () => null,
    }),
  ).toThrow('POST /api/loose: the body takes unknown keys')
})

test('a query that would take unknown keys keeps the server from being built', async () => {
  const app = await smallServer()
  const route = (querystring: Type.TSchema) => () =>
    app.route({
      method: 'GET',
      url: '/api/loose',
      config: { access: 'public' },
      schema: { querystring },
      handler: async () => null,
    })
  expect(route(Type.Intersect([PageQuery, Type.Object({ more: Type.String() })]))).toThrow(
    'GET /api/loose: the query takes unknown keys',
  )
  expect(route(Type.Object({}, { additionalProperties: true }))).toThrow(
    'GET /api/loose: the query takes unknown keys',
  )
})

test('two schemas of one name are refused', () => {
  const named = () => Type.Object({}, { $id: 'TestTwice' })
  ref(named())
  expect(() => ref(named())).toThrow('two schemas are called TestTwice')
})

test('an answer in which something may be null, or one of several words, is written as it is', async () => {
  const Part = Type.Object(
    { name: Type.String(), more: Type.Union([Type.Integer(), Type.Null()]) },
    { $id: 'PartOfAnswer' },
  )
  const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
  const View = Type.Object({
    part: orNull(ref(Part)),
    list: orNull(Type.Array(Type.String())),
    word: Type.Union([Type.Literal('a'), Type.Literal('b'), Type.Null()]),
    either: Type.Union([Type.Object({ is: Type.Literal(1) }), Type.Object({ not: Type.String() })]),
  })
  const full = { part: { name: '甲', more: 1 }, list: ['x'], word: 'b', either: { is: 1 } }
  const empty = { part: null, list: null, word: null, either: { not: '乙' } }
  const mixed = { part: { name: '', more: null }, list: [], word: 'a', either: { is: 1 } }
  const app = await smallServer()
  for (const [at, value] of [full, empty, mixed].entries())
    app.route({
      method: 'GET',
      url: `/api/${at}`,
      config: { access: 'public' },
      schema: { response: { 200: View } },
      handler: async () => ({ ...value, secret: 1 }) as never,
    })
  for (const [at, value] of [full, empty, mixed].entries())
    expect((await app.inject(`/api/${at}`)).json()).toEqual(value)
})
