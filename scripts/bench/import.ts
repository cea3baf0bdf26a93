/**
 * Measures the import of the city's 11,302 volunteers from one workbook through HTTP, in four phases: upload to preview,
 * commit, upload of the same file again, undo; beside them the mere reading of the workbook's cells, which no import can do without. The service runs in a separate process on an almost empty database, and
 * reports its longest event loop stall and its memory. `--json` prints one object on stdout, `--times N` takes N times as many volunteers.
 *
 *   npm run bench:import [-- --json] [--times 10]        SQLite in a temporary folder
 *   DATABASE_URL=postgres://… npm run bench:import        an empty PostgreSQL database
 */
import '../lib/help.ts'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { OutCell } from '#platform/files/index.ts'
import { districts } from '../city/divisions.ts'
import { bytesOf } from '../city/list-file.ts'
import { phone as phoneOf } from '../city/names.ts'
import { counts, makeUnits } from '../city/units.ts'
import { teamsFile, unitsFile } from '../city/workbooks.ts'

interface Measured {
  /** The longest event loop delay in wall-clock time; other processes on the machine add to it. */
  stallMs: number
  /** The longest processor time of the main thread between two turns of the event loop. */
  busyMs: number
  /** Processor time of the service, including its threads and the garbage collector. */
  cpuSeconds: number
  memoryMb: number
}

const idleResolutionMs = 5
/** How often the progress is asked for, in ms. Each answer costs processor time that is not the import's. */
const pollMs = 100

/** Runs the service in the child process (argument `serve`). The parent process controls it with messages. */
async function serve(): Promise<void> {
  const { bearerTokenOf } = await import('#modules/accounts/bearer.ts')
  const { roleGrants, sessions, users } = await import('#modules/accounts/schema.ts')
  const { zones } = await import('#modules/grid/schema.ts')
  const { tokenHash } = await import('#platform/crypto/index.ts')
  const { migrate } = await import('#platform/database/migrate.ts')
  const { newId } = await import('#platform/ids.ts')
  const { startWorker } = await import('#platform/jobs/worker.ts')
  const { createService } = await import('#src/app.ts')
  const { loadConfig } = await import('#src/config.ts')
  const { createContext } = await import('#src/context.ts')
  const { sealedColumns } = await import('#src/sealed.ts')

  const config = loadConfig(process.env)
  await migrate(config.databaseUrl)
  const context = await createContext(config, sealedColumns)
  const { app, jobs } = await createService(context)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const worker = startWorker(context, jobs)
  const [at, userId, sessionId] = [context.now(), newId(), newId()]
  const expiresAt = at.plus({ hours: 8 })
  await context.db.transaction(async (tx) => {
    await tx.insert(users).values({ id: userId, login: 'bench', name: 'Bench', createdAt: at })
    await tx
      .insert(roleGrants)
      .values({ id: newId(), userId, role: 'city_office', scope: 'everything', grantedAt: at })
    const kind = 'bearer' as const
    const session = {
      id: sessionId,
      userId,
      kind,
      tokenHash: tokenHash(sessionId),
      createdAt: at,
      lastSeenAt: at,
      expiresAt,
    }
    await tx.insert(sessions).values(session)
    for (const { code, name } of districts) {
      const id = newId()
      const place = { path: `/${id}/`, districtCode: code, level: 3, kind: 'district' as const }
      await tx
        .insert(zones)
        .values({ id, code, name, searchName: name, pinyin: name, ...place, createdAt: at })
    }
  })

  const delay = monitorEventLoopDelay({ resolution: idleResolutionMs })
  let idle = 0
  let peak = 0
  let busy = 0
  let spent = process.cpuUsage()
  let used = process.threadCpuUsage()
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(used)
    used = process.threadCpuUsage()
    busy = Math.max(busy, (user + system) / 1000)
  }, 1).unref()
  setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50).unref()
  process.on('message', async (message) => {
    if (message === 'idle') {
      globalThis.gc?.()
      await pause(200)
      idle = process.memoryUsage.rss()
      process.send?.({ idleMb: idle / 1e6 })
    } else if (message === 'begin') {
      peak = process.memoryUsage.rss()
      busy = 0
      spent = process.cpuUsage()
      delay.reset()
      delay.enable()
      process.send?.({})
    } else if (message === 'end') {
      delay.disable()
      const stallMs = Math.max(0, delay.max / 1e6 - idleResolutionMs)
      const { user, system } = process.cpuUsage(spent)
      const cpuSeconds = (user + system) / 1e6
      process.send?.({ stallMs, busyMs: busy, cpuSeconds, memoryMb: (peak - idle) / 1e6 })
    } else {
      await app.close()
      await worker.stop()
      await context.close()
      process.exit(0)
    }
  })
  process.send?.({ url, token: bearerTokenOf(app, { id: sessionId, userId, at, expiresAt }) })
}

type Rows = readonly (readonly OutCell[])[]

/** The city as three workbooks: units, teams, and all volunteers in one sheet with all columns. */
async function workbooks(
  times: number,
): Promise<{ units: Buffer; teams: Buffer; people: Buffer; rows: number }> {
  const { identityCheckCharacter } = await import('#modules/organisation/index.ts')
  const { writeWorkbook } = await import('#platform/files/index.ts')
  const units = makeUnits()
  const teams = units.flatMap((unit) => unit.teams)
  const sexes = { male: '男', female: '女' }
  const roles = { leader: '队长', deputy: '副队长', member: '队员' }
  const seen = new Set<string>()
  let numbers = 200_000
  const people: OutCell[][] = [
    [
      '序号',
      '姓名',
      '性别',
      '出生日期',
      '身份证号',
      '手机号',
      '单位',
      '志愿服务队',
      '队内职务',
      '居住区域',
      '服务类别',
      '技能特长',
    ],
  ]
  const everybody = teams.flatMap((team) => team.members.map((member) => ({ team, member })))
  // People of a larger city have names and numbers of their own.
  for (let more = 1; more < times; more++)
    for (const { team, member } of everybody.slice(0, counts.volunteers)) {
      const own = {
        name: `${member.name}${[...'甲乙丙丁戊己庚辛壬癸'][more % 10]}`,
        phone: phoneOf(numbers++),
      }
      everybody.push({ team, member: { ...member, ...own, role: 'member' } })
    }
  for (const { team, member } of everybody) {
    const { name, sex, birthDate, phone, role, skills } = member
    // A person on two lists is listed only once here.
    if (seen.has(`${name} ${phone}`) && phone) continue
    seen.add(`${name} ${phone}`)
    const n = people.length
    const born = (birthDate ?? `19${70 + (n % 30)}-05-${10 + (n % 18)}`).replaceAll('-', '')
    const first17 = `210502${born}${String((n % 499) * 2 + (sex === 'male' ? 1 : 0)).padStart(3, '0')}`
    const identity = first17 + identityCheckCharacter(first17)
    const place = `${districts[n % districts.length]?.name ?? ''}${n % 49}街`
    const own = seen.has(identity) ? null : identity
    seen.add(identity)
    people.push([
      n,
      name,
      sexes[sex],
      birthDate,
      own,
      phone,
      team.unit.name,
      team.name,
      roles[role],
      place,
      '社区服务',
      skills.join('、') || '保洁',
    ])
  }
  for (let n = 0; people.length <= counts.volunteers * times; n++) {
    const team = teams[n % teams.length]!
    const phone = `154${String(99_000_000 + n)}`
    people.push([
      people.length,
      `补${String.fromCharCode(0x4e00 + n)}`,
      '女',
      null,
      null,
      phone,
      team.unit.name,
      team.name,
      '队员',
      null,
      null,
      null,
    ])
  }
  const file = (name: string, rows: Rows) => writeWorkbook([{ name, rows }])
  return {
    units: await bytesOf(unitsFile(units, [])),
    teams: await bytesOf(teamsFile(teams)),
    people: await file('名单', people),
    rows: people.length - 1,
  }
}

// biome-ignore lint/suspicious/noExplicitAny: what the service answered
type View = any

class Importer {
  readonly #url: string
  readonly #token: string

  constructor({ url, token }: { url: string; token: string }) {
    this.#url = url
    this.#token = token
  }

  async send(method: string, path: string, body?: FormData): Promise<View> {
    const answer = await fetch(this.#url + path, {
      method,
      body,
      headers: { authorization: `Bearer ${this.#token}` },
    })
    const view = await answer.json()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(view)}`)
    return view
  }

  async until(id: string, states: readonly string[]): Promise<View> {
    for (;;) {
      const view = await this.send('GET', `/api/imports/${id}`)
      if (states.includes(view.state)) return view
      if (view.state === 'failed') throw new Error(JSON.stringify(view.failure))
      await pause(pollMs)
    }
  }

  async upload(name: string, bytes: Buffer): Promise<View> {
    const form = new FormData()
    form.append('files', new Blob([new Uint8Array(bytes)]), name)
    const { id } = await this.send('POST', '/api/imports', form)
    return this.until(id, ['judged'])
  }

  async commit(id: string): Promise<View> {
    await this.send('PUT', `/api/imports/${id}/commit`)
    return this.until(id, ['committed', 'judged'])
  }
}

/** Processor time to read the cells of a workbook, once the code is warm: the median of five runs. */
async function cellsSeconds(workbook: Buffer): Promise<number> {
  const { parseWorkbook } = await import('#platform/files/parse.ts')
  const runs: number[] = []
  for (let run = 0; run < 7; run++) {
    const before = process.cpuUsage()
    await parseWorkbook(workbook)
    const { user, system } = process.cpuUsage(before)
    if (run > 1) runs.push((user + system) / 1e6)
  }
  return runs.sort((a, b) => a - b)[2] as number
}

/** The memory flags of `npm start`, so that the measured service runs as in production. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
  return scripts.start.match(/--max-\S+/g) ?? []
}

async function measure(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean', default: false }, times: { type: 'string', default: '1' } },
  })
  const { json } = values
  const times = Number(values.times)
  if (!Number.isSafeInteger(times) || times < 1) throw new RangeError(`--times ${values.times}`)
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-import-'))
  const environment = {
    DATABASE_URL: `sqlite:${join(folder, 'bench.sqlite')}`,
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    ...process.env,
  }
  const limits = { LIMIT_PER_SESSION: '1000000', PUBLIC_URL: 'http://127.0.0.1' }
  const service = fork(import.meta.filename, ['serve'], {
    env: { ...environment, ...limits },
    execArgv: ['--expose-gc', ...startFlags()],
    // Standard output is reserved for the figures, so the service writes to standard error.
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  const ask = async <T>(message?: string): Promise<T> => {
    const answer = once(service, 'message')
    if (message) service.send(message)
    return (await answer)[0] as T
  }
  try {
    const importer = new Importer(await ask())
    const { units, teams, people, rows } = await workbooks(times)
    for (const [name, bytes] of [
      ['units.xlsx', units],
      ['teams.xlsx', teams],
    ] as const) {
      await importer.commit((await importer.upload(name, bytes)).id)
    }
    const { idleMb } = await ask<{ idleMb: number }>('idle')
    const phase = async <T>(work: () => Promise<T>): Promise<{ value: T; seconds: number } & Measured> => {
      await ask('begin')
      const started = performance.now()
      const value = await work()
      const seconds = (performance.now() - started) / 1000
      return { value, seconds, ...(await ask<Measured>('end')) }
    }
    const preview = await phase(() => importer.upload('people.xlsx', people))
    const { id } = preview.value
    const commit = await phase(() => importer.commit(id))
    const again = await phase(() => importer.upload('people.xlsx', people))
    const undo = await phase(() => importer.send('DELETE', `/api/imports/${id}/commit`))
    if (commit.value.state !== 'committed')
      throw new Error(`not committed: ${JSON.stringify(commit.value.failure)}`)
    const cells = await cellsSeconds(people)
    report({ json, rows, cells, bytes: people.length, idleMb, phases: { preview, commit, again, undo } })
  } finally {
    service.send('stop')
    await once(service, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Report {
  json: boolean
  rows: number
  /** Processor seconds to read the cells alone. */
  cells: number
  bytes: number
  idleMb: number
  phases: Record<'preview' | 'commit' | 'again' | 'undo', { value: View; seconds: number } & Measured>
}

const rounded = (value: number) => Math.round(value * 100) / 100

function report({ json, rows, cells, bytes, idleMb, phases }: Report): void {
  const all = Object.values(phases)
  const stallMs = Math.max(...all.map((phase) => phase.stallMs))
  // The memory goal covers the import (preview and commit), not the undo.
  const memoryMb = Math.max(phases.preview.memoryMb, phases.commit.memoryMb)
  const goals = [
    { name: 'upload to preview, s', goal: 5, measured: rounded(phases.preview.seconds) },
    { name: 'commit, s', goal: 5, measured: rounded(phases.commit.seconds) },
    {
      name: 'preview and commit, processor time by that of reading the cells',
      goal: 25,
      measured: rounded((phases.preview.cpuSeconds + phases.commit.cpuSeconds) / cells),
    },
    { name: 'longest stall of the event loop, ms', goal: 100, measured: rounded(stallMs) },
    { name: 'memory above idle until committed, MB', goal: 300, measured: rounded(memoryMb) },
  ].map((goal) => ({ ...goal, met: goal.measured <= goal.goal }))
  const figures = {
    engine: /^postgres/.test(process.env.DATABASE_URL ?? '') ? 'postgresql' : 'sqlite',
    rows,
    fileBytes: bytes,
    idleMb: rounded(idleMb),
    cellsCpuSeconds: rounded(cells),
    counts: phases.preview.value.counts,
    countsAgain: phases.again.value.counts,
    phases: Object.fromEntries(
      Object.entries(phases).map(
        ([name, { seconds, stallMs: stall, busyMs, cpuSeconds, memoryMb: memory }]) => [
          name,
          {
            seconds: rounded(seconds),
            stallMs: rounded(stall),
            busyMs: rounded(busyMs),
            cpuSeconds: rounded(cpuSeconds),
            memoryMb: rounded(memory),
          },
        ],
      ),
    ),
  }
  if (json) {
    process.stdout.write(`${JSON.stringify({ figures, goals })}\n`)
  } else {
    const size = `${rows} rows, ${Math.round(bytes / 1024)} KiB of .xlsx, on ${figures.engine}`
    process.stdout.write(`${size}; idle at ${figures.idleMb} MB; its cells are read in ${rounded(cells)} s\n`)
    process.stdout.write(
      tableOf(['phase', 'seconds', 'cpu s', 'stall ms', 'busy ms', 'memory MB'], phaseRows(phases)),
    )
    process.stdout.write(
      `first ${JSON.stringify(figures.counts)}\nagain ${JSON.stringify(figures.countsAgain)}\n`,
    )
    const lines = goals.map(({ name, goal, measured, met }) => [
      name,
      `≤ ${goal}`,
      `${measured}`,
      met ? 'met' : 'MISSED',
    ])
    process.stdout.write(tableOf(['goal', '', 'measured', ''], lines))
  }
  if (goals.some(({ met }) => !met)) process.exitCode = 1
}

function phaseRows(phases: Report['phases']): string[][] {
  return Object.entries(phases).map(([name, { seconds, cpuSeconds, stallMs, busyMs, memoryMb }]) => [
    name,
    ...[seconds, cpuSeconds, stallMs, busyMs, memoryMb].map((value) => String(rounded(value))),
  ])
}

function tableOf(headings: string[], rows: string[][]): string {
  const all = [headings, ...rows]
  const widths = headings.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)))
  return `${all.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`).join('\n')}\n`
}

if (process.argv[2] === 'serve') await serve()
else await measure()
