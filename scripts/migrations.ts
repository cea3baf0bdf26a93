/**
 * Generates the SQL migrations of both engines from the schema files.
 *
 *   npm run migrations -- NAME   adds one migration NAME for each engine
 *   npm run migrations:check     fails when the schema files have changes without a migration
 *   npm run migrations:fresh     deletes all migrations and generates a single one; never after a release
 */
import './lib/help.ts'
import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

type Engine = 'sqlite' | 'postgresql'
const engines: Engine[] = ['sqlite', 'postgresql']
const root = resolve(import.meta.dirname, '..')
const home = join(root, 'migrations')

/** Runs drizzle-kit for one engine; its output goes to the folder `out`. @throws Error when drizzle-kit fails */
async function generate(engine: Engine, out: string, name: string, stdio: 'pipe' | 'inherit'): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-drizzle-'))
  try {
    const config = join(folder, 'drizzle.config.json')
    const schema = ['./src/platform/*/schema.ts', './src/modules/*/schema.ts']
    await writeFile(
      config,
      JSON.stringify({ dialect: engine, out: relative(root, out), schema, casing: 'snake_case' }),
    )
    const command = join(root, 'node_modules/drizzle-kit/bin.cjs')
    const child = spawn(process.execPath, [command, 'generate', `--config=${config}`, `--name=${name}`], {
      cwd: root,
      env: {
        ...process.env,
        DATABASE_URL: engine === 'postgresql' ? 'postgres://generate' : 'sqlite:generate',
      },
      stdio: stdio === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    const code = await new Promise((done) => child.once('exit', done))
    // drizzle-kit reports some failures with exit code 0.
    if (code !== 0 || (stdio === 'pipe' && !/SQL migration file|No schema changes/.test(output))) {
      throw new Error(`drizzle-kit failed for ${engine}:\n${output}`)
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The SQL files of a folder: text by file name. */
async function sqlOf(folder: string): Promise<Record<string, string>> {
  const names = await readdir(folder).catch(() => [])
  const files: Record<string, string> = {}
  for (const name of names.filter((name) => name.endsWith('.sql')).sort()) {
    files[name] = await readFile(join(folder, name), 'utf8')
  }
  return files
}

async function add(name: string): Promise<void> {
  for (const engine of engines) {
    await generate(engine, join(home, engine), name, 'inherit')
    await keepNewestSnapshot(join(home, engine, 'meta'))
  }
}

/**
 * Deletes older snapshots: drizzle-kit compares the schema with the newest one only. SQL files and journal are the
 * history.
 */
async function keepNewestSnapshot(meta: string): Promise<void> {
  const snapshots = (await readdir(meta)).filter((file) => file.endsWith('_snapshot.json')).sort()
  for (const old of snapshots.slice(0, -1)) await rm(join(meta, old))
}

async function check(): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'muster-migrations-'))
  try {
    await Promise.all(
      engines.map(async (engine) => {
        const out = join(scratch, engine)
        await cp(join(home, engine), out, { recursive: true })
        await generate(engine, out, 'unplanned', 'pipe')
        const before = Object.keys(await sqlOf(join(home, engine)))
        const after = await sqlOf(out)
        const added = Object.keys(after).filter((name) => !before.includes(name))
        if (added.length > 0) {
          throw new Error(
            `migrations/${engine} is behind the schema files; it lacks:\n${after[added[0] as string]?.slice(0, 2000)}`,
          )
        }
      }),
    )
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * Safe to run in parallel: a lock folder lets one process at a time replace the files. An unchanged schema changes
 * nothing.
 */
async function fresh(): Promise<void> {
  const lock = join(tmpdir(), 'muster-migrations.lock')
  while (
    !(await mkdir(lock).then(
      () => true,
      () => false,
    ))
  ) {
    const since = (await stat(lock).catch(() => undefined))?.mtimeMs ?? 0
    if (since > 0 && Date.now() - since > 60_000) await rm(lock, { recursive: true, force: true })
    await pause(100)
  }
  const scratch = await mkdtemp(join(home, '.fresh-'))
  try {
    await Promise.all(engines.map((engine) => generate(engine, join(scratch, engine), 'foundation', 'pipe')))
    for (const engine of engines) {
      const [made, present] = [await sqlOf(join(scratch, engine)), await sqlOf(join(home, engine))]
      if (JSON.stringify(made) === JSON.stringify(present)) continue
      await rm(join(home, engine), { recursive: true, force: true })
      await rename(join(scratch, engine), join(home, engine))
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
    await rm(lock, { recursive: true, force: true })
  }
}

const [command, name] = process.argv.slice(2)
try {
  if (command === 'fresh') await fresh()
  else if (command === 'check') await check()
  else if (command === 'add' && name && /^[a-z][a-z0-9_]*$/.test(name)) await add(name)
  else throw new Error('usage: npm run migrations -- name_in_snake_case | npm run migrations:check')
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exitCode = 1
}
