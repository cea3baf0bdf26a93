/**
 * `npm run bench:check-in` measures how many durable check-ins per second the service handles, compared with SQLite and the
 * disk alone in the same run. `-- --json` prints the figures as JSON instead of a table.
 */
import '../lib/help.ts'
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startFlags } from '#test/support/service.ts'
import { freePort } from '../lib/free-port.ts'
import type { LoadResult } from './check-in-load.ts'
import type { RawResult } from './check-in-raw.ts'

/** The reference day: 4 March in Benxi. */
const volunteers = 11_302
const connections = 64
/**
 * Check-ins for warm-up, before anything is measured. On a real day the service has been running for hours. A service that
 * just started is up to a third slower, until the JIT compiler has optimised the code (about 10,000 requests).
 */
const warmUp = 12_000
/**
 * Each rate is the median of this many runs, each on a new copy of the same database. `--runs=1` gives a quick result.
 */
const runs = Number(process.argv.find((given) => given.startsWith('--runs='))?.slice(7) ?? 5)

const root = resolve(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'))
const json = process.argv.includes('--json')
const say = (text: string) => process.stderr.write(text)

type Env = Record<string, string>

async function run(script: string, args: string[], env: Env = {}): Promise<string> {
  const child = spawn(process.execPath, [...startFlags, join(root, 'scripts/bench', script), ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${script} ended with ${code}`)
  return output
}

async function serve(env: Env, args: string[]): Promise<ChildProcess> {
  // The log goes to a file, as in production.
  const log = openSync(join(folder, 'service.log'), 'w')
  const child = fork(join(root, 'scripts/bench/check-in-serve.ts'), args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', log, 'inherit', 'ipc'],
    execArgv: [...startFlags, '--max-semi-space-size=16'], // as `npm start` does
  })
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the service did not start'))),
  ])
  return child
}

/** Starts the service, warms it up, and measures the burst: all volunteers check in through HTTP. */
async function burst(env: Env, args: string[] = []): Promise<LoadResult> {
  const port = await freePort()
  const service = await serve({ ...env, PORT: String(port) }, args)
  const crowd = (from: number, to: number) =>
    run('check-in-load.ts', [port, connections, join(folder, 'targets.json'), from, to].map(String))
  await crowd(volunteers, volunteers + warmUp)
  const load = await crowd(0, volunteers)
  service.disconnect()
  service.kill('SIGTERM')
  await once(service, 'exit')
  return JSON.parse(load) as LoadResult
}

function burstOnCopy(args: string[] = []): Promise<LoadResult> {
  const copy = join(folder, 'copy.sqlite')
  for (const end of ['', '-wal', '-shm']) rmSync(copy + end, { force: true })
  copyFileSync(join(folder, 'day.sqlite'), copy)
  return burst({ DATABASE_URL: `sqlite:${copy}`, DATA_DIR: folder }, args)
}

/** The replay with SQLite alone. Its groups have the largest size the service can reach: the number of connections. */
function raw(): Promise<RawResult> {
  const files = ['day.sqlite', 'keys.json', 'targets.json'].map((name) => join(folder, name))
  return run('check-in-raw.ts', [...files, String(volunteers), String(connections)]).then(
    (output) => JSON.parse(output) as RawResult,
  )
}

/** The same burst on a PostgreSQL that is started for it. For comparison only; there is no goal. */
async function onPostgres(): Promise<LoadResult> {
  const { startPostgres } = await import('#test/support/postgres.ts')
  const server = await startPostgres()
  try {
    const env = { DATABASE_URL: server.url, DATA_DIR: folder, DATABASE_CONNECTIONS: '16' }
    await run('check-in-day.ts', [String(volunteers + warmUp)], env)
    return await burst(env)
  } finally {
    await server.stop()
  }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
}

/** Whether every check-in was answered with 200. */
function only2xx(results: LoadResult[]): boolean {
  return results.every(({ answers }) => answers['200'] === volunteers && Object.keys(answers).length === 1)
}

async function measure() {
  say(`a day of ${volunteers} volunteers … `)
  await run('check-in-day.ts', [String(volunteers + warmUp)], {
    DATABASE_URL: `sqlite:${join(folder, 'day.sqlite')}`,
    DATA_DIR: folder,
  })
  const [grouped, single, alone]: [LoadResult[], LoadResult[], RawResult[]] = [[], [], []]
  for (let n = 1; n <= runs; n++) {
    // The variants take turns, so that other load on the machine affects all of them equally.
    say(`round ${n} of ${runs} … `)
    grouped.push(await burstOnCopy())
    single.push(await burstOnCopy(['--one-by-one']))
    alone.push(await raw())
  }
  say('PostgreSQL … ')
  const postgres = await onPostgres()
  say('\n')
  return { grouped, single, alone, postgres }
}

const { grouped, single, alone, postgres } = await measure()
const figures = {
  volunteers,
  early: warmUp,
  connections,
  groupedPerSecond: Math.round(median(grouped.map(({ perSecond }) => perSecond))),
  oneByOnePerSecond: Math.round(median(single.map(({ perSecond }) => perSecond))),
  rawGroupedPerSecond: Math.round(median(alone.map(({ perSecond }) => perSecond.grouped))),
  rawOneByOnePerSecond: Math.round(median(alone.map(({ perSecond }) => perSecond.oneByOne))),
  burstSeconds: Number(median(grouped.map(({ seconds }) => seconds)).toFixed(2)),
  burstP50Ms: Number(median(grouped.map(({ p50 }) => p50)).toFixed(1)),
  burstP99Ms: Number(median(grouped.map(({ p99 }) => p99)).toFixed(1)),
  burstMaxMs: Number(Math.max(...grouped.map(({ max }) => max)).toFixed(1)),
  answers: grouped.map(({ answers }) => answers),
  postgresPerSecond: Math.round(postgres.perSecond),
  postgresP99Ms: Number(postgres.p99.toFixed(1)),
}
// Ratios are taken within each round, because its parts ran right after each other.
const timesSingle = median(grouped.map(({ perSecond }, n) => perSecond / (single[n] as LoadResult).perSecond))
const ofRaw = median(grouped.map(({ perSecond }, n) => perSecond / (alone[n] as RawResult).perSecond.grouped))
const goals = [
  {
    name: 'grouped ÷ one by one, through HTTP',
    goal: '≥ 4',
    measured: timesSingle.toFixed(2),
    met: timesSingle >= 4,
  },
  { name: 'through HTTP ÷ raw, both grouped', goal: '≥ 0.3', measured: ofRaw.toFixed(2), met: ofRaw >= 0.3 },
  {
    name: `burst of ${volunteers}, seconds`,
    goal: '≤ 5',
    measured: String(figures.burstSeconds),
    met: figures.burstSeconds <= 5,
  },
  {
    name: 'burst, p99 in ms',
    goal: '≤ 300',
    measured: String(figures.burstP99Ms),
    met: figures.burstP99Ms <= 300,
  },
  {
    name: 'answers other than 2xx',
    goal: 'none',
    measured: only2xx([...grouped, ...single, postgres]) ? 'none' : 'some',
    met: only2xx([...grouped, ...single, postgres]),
  },
]
rmSync(folder, { recursive: true, force: true })

if (json) process.stdout.write(`${JSON.stringify({ figures, goals })}\n`)
else {
  const line = (name: string, value: string) =>
    process.stdout.write(`${name.padEnd(46)} ${value.padStart(14)}\n`)
  line('SQLite, through HTTP, group commit', `${figures.groupedPerSecond}/s`)
  line('SQLite, through HTTP, one by one', `${figures.oneByOnePerSecond}/s`)
  line('better-sqlite3 alone, grouped', `${figures.rawGroupedPerSecond}/s`)
  line('better-sqlite3 alone, one by one', `${figures.rawOneByOnePerSecond}/s`)
  line(`burst of ${volunteers} at ${connections} connections`, `${figures.burstSeconds} s`)
  line('  p50 / p99 / max', `${figures.burstP50Ms} / ${figures.burstP99Ms} / ${figures.burstMaxMs} ms`)
  line('PostgreSQL, through HTTP, for the record', `${figures.postgresPerSecond}/s`)
  process.stdout.write('\n')
  for (const { name, goal, measured, met } of goals) line(`${met ? '✓' : '✗'} ${name} (${goal})`, measured)
}
process.exitCode = goals.every(({ met }) => met) ? 0 : 1
