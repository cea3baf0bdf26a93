import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp } from '#test/support/app.ts'
import { aUser, goodPassword } from '#test/support/factories/accounts.ts'
import { aUnit } from '#test/support/factories/organisation.ts'

const root = resolve(import.meta.dirname, '..')
const walk = resolve(import.meta.dirname, 'client/walk.ts')
const folder = mkdtempSync(join(tmpdir(), 'muster-client-'))
const ran = promisify(execFile)
const node = (...args: string[]) =>
  ran(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }).catch((error) => {
    throw new Error(`${error.stdout}${error.stderr}`)
  })

/** openapi-typescript uses the compiler's API, which TypeScript 7 has no more: it gets the last one that has. */
const generate = `
  import { registerHooks } from 'node:module'
  registerHooks({ resolve: (name, context, next) => next(name === 'typescript' ? 'typescript-5' : name, context) })
  const { default: generate, astToString } = await import('openapi-typescript')
  process.stdout.write(astToString(await generate(new URL(process.argv[1]), { silent: true })))`

beforeAll(async () => {
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  cpSync(walk, join(folder, 'walk.ts'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'))
  // With the types of the browser's fetch, as openapi-fetch has them.
  const lib = [...compilerOptions.lib, 'dom', 'dom.iterable']
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, lib }, files: ['walk.ts'] }),
  )
  const description = pathToFileURL(join(root, 'src/openapi.json')).href
  const { stdout } = await node('--input-type=module', '-e', generate, description)
  writeFileSync(join(folder, 'api.d.ts'), stdout)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('what uses a generated client is checked by its types alone', async () => {
  expect(readFileSync(walk, 'utf8').replace(/^\/\*\*.*?\*\//s, '')).not.toMatch(/ as |\bany\b|@ts-|!\./)
  await node(join(root, 'node_modules/typescript/lib/tsc.js'), '-p', folder)
  writeFileSync(
    join(folder, 'walk.ts'),
    readFileSync(walk, 'utf8').replace("'If-Match': etag", "'If-None': etag"),
  )
  await expect(node(join(root, 'node_modules/typescript/lib/tsc.js'), '-p', folder)).rejects.toThrow(
    'If-Match',
  )
})

test('a generated client signs in, lists, corrects with If-Match and uploads a file', async () => {
  await using app = await startApp()
  await aUnit(app.db, { name: '城管局' })
  const { login } = await aUser(app.db, { grants: [{ role: 'city_office' }] })
  const { stdout } = await node(walk, app.url, login, goodPassword)
  expect(JSON.parse(stdout)).toEqual({
    listed: '城管局',
    corrected: '市城市管理局',
    outdated: 'version.stale',
    uploaded: ['名单.csv'],
  })
})
