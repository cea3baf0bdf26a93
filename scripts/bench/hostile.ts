/**
 * `npm run bench:hostile` has somebody upload the hostile files of the tests, two at a time, for three minutes (`-- --seconds=N`),
 * while volunteers check in: the service goes on, its check-ins stay quick, and its memory does not grow. `-- --json` prints
 * one object.
 *
 *   npm run bench:hostile                            SQLite in a temporary folder
 *   DATABASE_URL=postgres://… npm run bench:hostile  an empty database on a server
 */
import '../lib/help.ts'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '#platform/ids.ts'
import { runScript, startService } from '#test/support/service.ts'
import { Client, until } from '../day/client.ts'
import type { Target } from './check-in-day.ts'
import { Goals } from './goals.ts'

const argument = (name: string, fallback: number) =>
  Number(process.argv.find((given) => given.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback)
const atOnce = 2
const volunteers = 11_302
/** Check-ins a second, on as many connections as are needed. */
const perSecond = 50
const p99MaxMs = 300
const grownMaxMb = 150
/** The service is warm, as on a real day, before its memory is taken and anything is measured. */
const warmUp = 2_000
/** In a child: uploads hostile files until it is ended, and says what became of each. */
const [role, url, token] = process.argv.slice(2)

async function upload(client: Client, { name, make }: { name: string; make(): Buffer }): Promise<string> {
  const file = { name, bytes: make() }
  if (name.endsWith('.geojson'))
    return client.upload('/api/zone-imports?preview=true', [file]).then(() => 'read', refusalIn)
  try {
    const { body } = await client.upload('/api/imports', [file])
    const ended = ({ state }: { state: string }) => state === 'judged' || state === 'failed'
    const { state } = await until(() => client.get(`/api/imports/${body.id}`), ended, 600, 200)
    return state
  } catch (error) {
    return refusalIn(error)
  }
}

const refusalIn = (error: unknown) =>
  /was answered (\d+)/.exec((error as Error).message)?.[1] ?? String(error)

async function uploadAll(): Promise<void> {
  const { hostileFiles } = await import('#test/support/factories/hostile-files.ts')
  const client = new Client(url as string, token)
  let next = 0
  const one = async () => {
    for (;;) {
      const file = hostileFiles[next++ % hostileFiles.length] as (typeof hostileFiles)[number]
      process.send?.({ name: file.name, fate: await upload(client, file) })
    }
  }
  await Promise.all(Array.from({ length: atOnce }, one))
}

/** An account of the city office on the database that is not served yet. */
async function tokenOn(env: Record<string, string>): Promise<string> {
  const { createService } = await import('#src/app.ts')
  const { loadConfig } = await import('#src/config.ts')
  const { createContext } = await import('#src/context.ts')
  const { sealedColumns } = await import('#src/sealed.ts')
  const { anOffice } = await import('#test/support/office.ts')
  const context = await createContext(loadConfig({ ...env, LOG_LEVEL: 'silent' }), sealedColumns)
  const service = await createService(context)
  const made = await anOffice(context, service.app)
  await service.close()
  await context.close()
  return made
}

const memoryMb = (pid: number | undefined) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** Checks people in, so many a second, until told to end; answers how long each took, in ms. */
async function checkIns(client: Client, targets: Target[], ended: () => boolean): Promise<number[]> {
  const took: number[] = []
  const under = new Set<Promise<void>>()
  for (let n = 0; !ended(); n++) {
    const { token: link, assignmentId } = targets[n % targets.length] as Target
    const from = performance.now()
    const one = client
      .put(`/api/c/${link}/assignments/${assignmentId}/check-in`, { operationId: newId() })
      .then(() => void took.push(performance.now() - from))
    under.add(one)
    one.finally(() => under.delete(one)).catch(() => {})
    await pause(1000 / perSecond)
  }
  await Promise.all(under)
  return took
}

async function measure(seconds: number) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'))
  const { DATABASE_URL = `sqlite:${join(folder, 'bench.sqlite')}` } = process.env
  const env = {
    DATABASE_URL,
    DATA_DIR: folder,
    WORKERS: '4',
    LIMIT_PER_SESSION: '1000000',
    LIMIT_PER_LINK: '1000000',
  }
  await runScript('scripts/bench/check-in-day.ts', [String(volunteers + warmUp)], env)
  const targets = JSON.parse(readFileSync(join(folder, 'targets.json'), 'utf8')) as Target[]
  const office = await tokenOn(env)
  const service = await startService(env)
  const client = new Client(service.url)
  let uploads: ChildProcess | undefined
  try {
    let warm = 0
    await checkIns(client, targets.splice(0, warmUp), () => ++warm > warmUp)
    const { pid } = service.process
    const before = memoryMb(pid)
    let peak = before
    const looking = setInterval(() => (peak = Math.max(peak, memoryMb(pid))), 50)
    const fates = new Map<string, string>()
    uploads = fork(import.meta.filename, ['upload', service.url, office], { stdio: ['ignore', 2, 2, 'ipc'] })
    let read = 0
    uploads.on('message', ({ name, fate }: { name: string; fate: string }) => {
      read++
      fates.set(name, fate)
    })
    const until = performance.now() + seconds * 1000
    const took = (await checkIns(client, targets, () => performance.now() > until)).toSorted((a, b) => a - b)
    clearInterval(looking)
    const alive = service.process.exitCode === null
    return { took, before, peak, read, fates: Object.fromEntries(fates), alive }
  } finally {
    if (uploads) {
      uploads.kill('SIGKILL')
      await once(uploads, 'exit')
    }
    client.close()
    await service.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (role === 'upload') await uploadAll()
else {
  const { took, before, peak, read, fates, alive } = await measure(argument('seconds', 180))
  const goals = new Goals()
  const answered = Object.values(fates).filter((fate) => /^5|^Error/.test(fate)).length
  goals.atMost(
    'p99 of check-ins beside hostile files',
    p99MaxMs,
    took[Math.floor(took.length * 0.99)] ?? NaN,
    'ms',
  )
  goals.atMost('memory of the service, above before', grownMaxMb, peak - before, 'MB')
  goals.atMost('the service ended', 0, alive ? 0 : 1, 'times')
  goals.atMost('files answered with a failure of the service', 0, answered, 'files')
  goals.note('check-ins', took.length)
  goals.note('slowest check-in, ms', took.at(-1))
  goals.note('memory before, MB', before)
  goals.note('files', read)
  goals.note('fates', fates)
  goals.print(process.argv.includes('--json'))
}
