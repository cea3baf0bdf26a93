/** Runs the real service in a separate process, with its data in a new folder. */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, cpSync, mkdtempSync, openSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../lib/free-port.ts'
import { watchService } from './processor.ts'

export interface RunningService {
  url: string
  pid: number
  folder: string
  logFile: string
  messagesFile: string
  /** Undefined on PostgreSQL. */
  databaseFile: string | undefined
  environment: Record<string, string>
  stop(): Promise<void>
  exited: Promise<number | null>
}

const root = join(import.meta.dirname, '..', '..')
/** The Node flags of `npm start`. */
const startFlags = ['--import', join(root, 'src/platform/quick-start.ts')]

/** Runs one of the project's scripts and returns its output. @throws Error with the output when it fails */
export function run(
  script: string,
  args: string[],
  environment: Record<string, string>,
  input = '',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...startFlags, join(root, script), ...args], {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (part) => (output += part))
    child.stderr.on('data', (part) => (output += part))
    child.on('error', reject)
    child.on('exit', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${script} ended with ${code}: ${output}`)),
    )
    child.stdin.end(input)
  })
}

interface ServiceOptions {
  /** The first port to try; 0 is any. */
  port?: number
  /** The start of its clock. */
  clock: string
  /** Where its data are kept; by default a new folder. */
  folder?: string
  /** The database; by default a SQLite file in the folder. */
  databaseUrl?: string | undefined
  /** A folder with a migrated SQLite file and its keys, to begin with a copy of them. */
  template?: string
  /** Further settings, or others than these. */
  more?: Record<string, string>
}

/** Migrates an empty database in a new folder, starts the service on it, and waits until it is ready. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const folder =
    options.folder ?? (process.env.MUSTER_DEMO_DIR || mkdtempSync(join(tmpdir(), 'muster-demo-')))
  const port = await freePort(options.port ?? 8080)
  const url = `http://127.0.0.1:${port}`
  const files = {
    logFile: join(folder, 'service.log'),
    messagesFile: join(folder, 'messages.jsonl'),
  }
  const file = join(folder, 'muster.sqlite')
  const environment = {
    DATABASE_URL: options.databaseUrl ?? `sqlite:${file}`,
    DATA_DIR: folder,
    KEYS_FILE: join(folder, 'keys.json'),
    PUBLIC_URL: url,
    HOST: '127.0.0.1',
    PORT: String(port),
    TRUST_PROXY: 'false',
    CLOCK: 'simulated',
    CLOCK_START: options.clock,
    MESSAGE_CHANNEL: 'log',
    MESSAGE_LOG_FILE: files.messagesFile,
    LOG_LEVEL: 'info',
    ...options.more,
  }
  if (options.template) cpSync(options.template, folder, { recursive: true })
  else await run('scripts/migrate.ts', [], environment)
  // The service writes its log itself: nothing of it passes through this process.
  const log = openSync(files.logFile, 'a', 0o600)
  const child = spawn(process.execPath, [...startFlags, '--max-semi-space-size=16', 'src/main.ts'], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  watchService(child.pid)
  endsWithPlayer(child)
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  await ready(url, child, files.logFile)
  return {
    url,
    pid: child.pid as number,
    folder,
    ...files,
    databaseFile: options.databaseUrl ? undefined : file,
    environment,
    exited,
    async stop() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

/** Ends the service with this process, however it ends: interrupted in the middle of the day, or by an error. */
function endsWithPlayer(child: ChildProcess): void {
  const end = () => void child.kill('SIGTERM')
  process.once('exit', end)
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.once(signal, () => {
      if (child.exitCode !== null || child.signalCode !== null) process.exit(code)
      child.once('exit', () => process.exit(code))
      end()
    })
  }
}

/** Waits up to a minute until the service is ready. @throws Error when it ends or is not ready in time */
async function ready(url: string, child: ChildProcess, logFile: string): Promise<void> {
  for (let tried = 0; tried < 1200; tried++) {
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}; see ${logFile}`)
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((later) => setTimeout(later, 50))
  }
  child.kill()
  throw new Error(`the service was not ready after a minute; see ${logFile}`)
}
