import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { dialect } from '#platform/database/kit.ts'
import { buildSerializers } from '#platform/http/serialization.ts'
import { compileValidators } from '#platform/http/validation.ts'
import { refusalTexts } from '#src/refusal-texts.ts'
import { startApp } from '#test/support/app.ts'
import { describeRoutes } from '../scripts/lib/describe-routes.ts'
import { describeProblems } from '../scripts/lib/problem-codes.ts'
import { unguidedTexts } from '../scripts/lib/unguided.ts'

interface Operation {
  operationId?: string
  tags?: string[]
  summary?: string
  parameters?: { name: string; in: string; required?: boolean }[]
  requestBody?: { content: Record<string, unknown> }
  responses?: Record<
    string,
    { headers?: Record<string, unknown>; content?: Record<string, { schema: object }> }
  >
}
const made = (name: string) => readFileSync(resolve(import.meta.dirname, '../src', name), 'utf8')
const file = made('openapi.json')
const description = JSON.parse(file) as {
  openapi: string
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    ...operation,
  })),
)

test.runIf(dialect === 'sqlite')('src/openapi.json is what the routes say', async () => {
  // Said in a word: the difference may be thousands of lines.
  expect((await describeRoutes()) === file ? 'current' : 'run: npm run openapi').toBe('current')
})

test('src/problem-codes.json is what the source says', () => {
  expect(describeProblems() === made('problem-codes.json') ? 'current' : 'run: npm run openapi').toBe(
    'current',
  )
})

test('every schema can be compiled, though each is only when it is needed', async () => {
  await using _ = await startApp({ worker: false })
  expect(compileValidators()).toBeGreaterThan(100)
  expect(buildSerializers()).toBeGreaterThan(100)
})

test('every operation has a name of its own, a tag, a summary and its problems', () => {
  expect(description.openapi).toBe('3.1.0')
  expect(
    operations.filter(({ tags, summary }) => !(tags?.length && summary)).map(({ route }) => route),
  ).toEqual([])
  const names = operations.map(({ operationId }) => operationId)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
  expect(operations.filter(({ responses }) => !responses?.['4XX']).map(({ route }) => route)).toEqual([])
})

test('tags are declared, in the order of work', () => {
  const used = new Set(operations.flatMap(({ tags = [] }) => tags))
  expect([...used].sort()).toEqual(description.tags.map(({ name }) => name).sort())
})

const named = (route: string) => operations.find((each) => each.route === route) as Operation

test('a client generated from the file can send what is asked for, and read what is answered', () => {
  const header = ({ parameters = [] }: Operation, wanted: string) =>
    parameters.find(({ name, in: where }) => where === 'header' && name === wanted)
  expect(header(named('PATCH /api/units/{unitId}'), 'If-Match')?.required).toBe(true)
  expect(header(named('PUT /api/events/{eventId}/closure'), 'If-Match')).toBeUndefined()
  expect(header(named('PUT /api/zones/{zoneId}/closure'), 'If-Match')?.required).toBe(true)
  expect(header(named('POST /api/events'), 'Idempotency-Key')?.required).toBe(false)
  expect(named('GET /api/units/{unitId}').responses?.['200']?.headers).toHaveProperty('ETag')
  expect(named('POST /api/events').responses?.['201']?.headers).toHaveProperty('ETag')
  expect(Object.keys(named('POST /api/imports').requestBody?.content ?? {})).toEqual(['multipart/form-data'])
  expect(Object.keys(named('POST /api/callbacks/twilio/receipts').requestBody?.content ?? {})).toEqual([
    'application/x-www-form-urlencoded',
  ])
})

test('every text of a request has an example from the field, none is made from a pattern', () => {
  expect(operations.filter(({ requestBody }) => requestBody).length).toBeGreaterThan(80)
  expect(unguidedTexts(JSON.parse(file))).toEqual([])
  expect(named('POST /api/events/{eventId}/shifts').requestBody?.content['application/json']).toMatchObject({
    schema: { properties: { work: { examples: ['清理小广告'] } } },
  })
})

test('every error code has a text in both languages that says what to do', () => {
  const codes = [
    ...new Set(Object.values(JSON.parse(made('problem-codes.json')) as Record<string, string[]>).flat()),
  ]
  expect(codes.length).toBeGreaterThan(200)
  expect(codes.filter((code) => !refusalTexts[code]).sort()).toEqual([])
  const unsaid = Object.entries(refusalTexts).filter(
    ([, { zh, en }]) => !/[。]$/.test(zh) || !/[.]$/.test(en),
  )
  expect(unsaid.map(([code]) => code)).toEqual([])
})

test('every reference points at a schema that is there', () => {
  const references = [...file.matchAll(/"\$ref":"([^"]+)"/g)].map(([, to]) => to as string)
  const there = Object.keys(description.components.schemas ?? {}).map(
    (name) => `#/components/schemas/${name}`,
  )
  expect(references.length).toBeGreaterThan(100)
  expect([...new Set(references)].filter((to) => !there.includes(to))).toEqual([])
})

test('every 201 says where to read what was made: by `created`, and no other way', () => {
  const making = operations.filter(({ responses }) => responses?.['201'])
  expect(making.length).toBeGreaterThan(15)
  expect(
    making.filter(({ responses }) => !responses?.['201']?.headers?.Location).map(({ route }) => route),
  ).toEqual([])
  const src = resolve(import.meta.dirname, '../src')
  const files = globSync('**/*.ts', { cwd: src }).map((name) => ({
    name,
    text: readFileSync(join(src, name), 'utf8'),
  }))
  const own = files.filter(({ text }) => /(?:status|code)\(201\)|statusCode = 201/.test(text))
  expect(own.map(({ name }) => name)).toEqual(['platform/http/created.ts'])
  const declared = files.flatMap(({ text }) => [...text.matchAll(/response: \{\s*201: /g)])
  const sent = files.flatMap(({ text }) => [...text.matchAll(/\bcreated\(reply,/g)])
  expect(sent).toHaveLength(declared.length)
})
