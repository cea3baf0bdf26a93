/**
 * Writes src/openapi.json, what clients are generated from: `npm run openapi`.
 * `npm run openapi -- --check` fails instead when the committed file is not what the routes say.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildApp } from '#src/app.ts'
import { loadConfig } from '#src/config.ts'
import { createContext } from '#src/context.ts'

export const openApiFile = resolve(import.meta.dirname, '../src/openapi.json')

/** The OpenAPI description of the routes as they are, with nothing in it that differs from machine to machine. */
export async function describeRoutes(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-openapi-'))
  const context = await createContext(
    loadConfig({
      DATABASE_URL: `sqlite:${join(folder, 'none.sqlite')}`,
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
    }),
  )
  try {
    const app = await buildApp(context)
    await app.ready()
    const text = JSON.stringify(app.swagger(), null, 2)
    await app.close()
    return `${text}\n`
  } finally {
    await context.close()
    await rm(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const current = await describeRoutes()
  if (!process.argv.includes('--check')) await writeFile(openApiFile, current)
  else if ((await readFile(openApiFile, 'utf8').catch(() => '')) !== current) {
    process.stderr.write('src/openapi.json is not what the routes say; run: npm run openapi\n')
    process.exitCode = 1
  }
}
