/**
 * `npm run openapi` writes three generated files: src/openapi.json (the API description, from which clients are
 * generated), src/problem-codes.json (the error codes of each operation) and the console's own client.
 * `npm run openapi -- --check` writes nothing and fails when a committed file is not current.
 */
import './lib/help.ts'
import { readFile, writeFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import { type Description, operationsText } from './lib/operations.ts'
import { describeProblems } from './lib/problem-codes.ts'
import { unguidedTexts } from './lib/unguided.ts'

const openApiFile = resolve(import.meta.dirname, '../src/openapi.json')
const problemCodesFile = resolve(import.meta.dirname, '../src/problem-codes.json')
const operationsFile = resolve(import.meta.dirname, '../src/web/api/operations.ts')

/** Writes a generated file; with `--check` only reports when the existing file is not current. */
async function keepCurrent(file: string, current: string): Promise<void> {
  if (!process.argv.includes('--check')) return writeFile(file, current)
  if ((await readFile(file, 'utf8').catch(() => '')) === current) return
  process.stderr.write(`${relative(process.cwd(), file)} is not what the source says; run: npm run openapi\n`)
  process.exitCode = 1
}

await keepCurrent(problemCodesFile, describeProblems())
// Imported only now, because the service reads problem-codes.json when its modules are loaded.
const { describeRoutes } = await import('./lib/describe-routes.ts')
const description = await describeRoutes()
await keepCurrent(openApiFile, description)
const unguided = unguidedTexts(JSON.parse(description))
if (unguided.length > 0) {
  process.stderr.write(`without an example in src/api-examples.ts: ${unguided.join(', ')}\n`)
  process.exitCode = 1
}
await keepCurrent(operationsFile, operationsText(JSON.parse(description) as Description))
