import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { dialect } from '#platform/database/kit.ts'
import { compileValidators } from '#platform/http/validation.ts'
import { startApp } from '#test/support/app.ts'
import { describeRoutes, openApiFile } from '../scripts/openapi.ts'

interface Operation {
  operationId?: string
  tags?: string[]
  summary?: string
  responses?: Record<string, unknown>
}
const file = readFileSync(openApiFile, 'utf8')
const description = JSON.parse(file) as {
  openapi: string
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

test('every schema can be compiled, though each is only when it is needed', async () => {
  await using _ = await startApp({ worker: false })
  expect(compileValidators()).toBeGreaterThan(100)
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

test('every reference points at a schema that is there', () => {
  const references = [...file.matchAll(/"\$ref": "([^"]+)"/g)].map(([, to]) => to as string)
  const there = Object.keys(description.components.schemas ?? {}).map(
    (name) => `#/components/schemas/${name}`,
  )
  expect([...new Set(references)].filter((to) => !there.includes(to))).toEqual([])
})
