/**
 * `npm run lint:openapi` judges src/openapi.json by the recommended rules of Redocly and of Spectral, without exception.
 * Both are called as libraries: their command lines bring hundreds of packages and a look-up of their newest version.
 */
import './lib/help.ts'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import core, { type RulesetDefinition } from '@stoplight/spectral-core'
import rulesets from '@stoplight/spectral-rulesets'

const file = resolve(import.meta.dirname, '../src/openapi.json')

async function redocly(source: string): Promise<string[]> {
  const config = await createConfig({ extends: ['recommended'] })
  const found = await lintFromString({ source, absoluteRef: file, config })
  return found.map(
    ({ ruleId, location: [at], message }) => `redocly ${ruleId} ${at?.pointer ?? ''}: ${message}`,
  )
}

async function spectral(source: string): Promise<string[]> {
  const linter = new core.Spectral()
  // Its declared type lacks what it inherits.
  linter.setRuleset({ extends: [[rulesets.oas as unknown as RulesetDefinition, 'recommended']] })
  const found = await linter.run(JSON.parse(source))
  return found.map(({ code, path, message }) => `spectral ${code} #/${path.join('/')}: ${message}`)
}

const source = await readFile(file, 'utf8')
const found = [...(await redocly(source)), ...(await spectral(source))]
for (const line of found) process.stderr.write(`${line}\n`)
if (found.length > 0) process.exitCode = 1
else process.stdout.write('src/openapi.json: nothing that Redocly or Spectral object to.\n')
