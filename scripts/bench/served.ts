/** The service in a process of its own, for measurements: a user who may everything, and figures of each phase. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { AppContext } from '#src/context.ts'
import { startPostgres } from '#test/support/postgres.ts'
import { districts } from '../city/divisions.ts'
import { processorSecondsOfAll } from '../day/processor.ts'

export interface Measured {
  /** The longest event loop delay in wall-clock time; other processes on the machine add to it. */
  stallMs: number
  /** The longest processor time of the main thread between two turns of the event loop. */
  busyMs: number
  /** Processor time of the service, including its threads, the garbage collector and the processes beside it. */
  cpuSeconds: number
  memoryMb: number
}

/** What the service holds at this moment. */
export interface Memory {
  rssMb: number
  heapUsedMb: number
  externalMb: number
}

const idleResolutionMs = 5
/** How often the processor time of the turns is read, in ms: every millisecond, that alone took a twentieth of a processor. */
const busyEveryMs = 5
/** How often the progress is asked for, in ms. Each answer costs processor time that is not the import's. */
const pollMs = 200

/** What a measurement has the service do by itself, by name. */
export type Acts = Record<string, (context: AppContext) => Promise<unknown>>

/** Runs the service in the child process (argument `serve`). The parent process controls it with messages. */
export async function serve(acts: Acts = {}): Promise<void> {
  const { zones } = await import('#modules/grid/schema.ts')
  const { migrate } = await import('#platform/database/migrate.ts')
  const { warmUp } = await import('#platform/http/warm-up.ts')
  const { newId } = await import('#platform/ids.ts')
  const { startWorker } = await import('#platform/jobs/worker.ts')
  const { createService } = await import('#src/app.ts')
  const { loadConfig } = await import('#src/config.ts')
  const { createContext } = await import('#src/context.ts')
  const { sealedColumns } = await import('#src/sealed.ts')
  const { anOffice } = await import('#test/support/office.ts')

  const config = loadConfig(process.env)
  await migrate(config.databaseUrl)
  const context = await createContext(config, sealedColumns)
  const { app, jobs } = await createService(context)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const worker = startWorker(context, jobs)
  const at = context.now()
  const token = await anOffice(context, app)
  await context.db.transaction(async (tx) => {
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
  let spent = processorSecondsOfAll()
  let used = process.threadCpuUsage()
  setInterval(() => {
    const { user, system } = process.threadCpuUsage(used)
    used = process.threadCpuUsage()
    busy = Math.max(busy, (user + system) / 1000)
  }, busyEveryMs).unref()
  setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 50).unref()
  // However the measurement ends, its service ends with it.
  process.on('disconnect', () => process.exit(1))
  process.on('message', async (message) => {
    if (message === 'memory') {
      const { rss, heapUsed, external } = process.memoryUsage()
      process.send?.({ rssMb: rss / 1e6, heapUsedMb: heapUsed / 1e6, externalMb: external / 1e6 })
    } else if (message === 'idle') {
      globalThis.gc?.()
      await pause(200)
      idle = process.memoryUsage.rss()
      process.send?.({ idleMb: idle / 1e6 })
    } else if (message === 'begin') {
      peak = process.memoryUsage.rss()
      busy = 0
      spent = processorSecondsOfAll()
      delay.reset()
      delay.enable()
      process.send?.({})
    } else if (message === 'end') {
      delay.disable()
      const stallMs = Math.max(0, delay.max / 1e6 - idleResolutionMs)
      const cpuSeconds = processorSecondsOfAll() - spent
      process.send?.({ stallMs, busyMs: busy, cpuSeconds, memoryMb: (peak - idle) / 1e6 })
    } else if (typeof message === 'object') {
      const { act } = message as { act: string }
      process.send?.(act === 'settle' ? ((await worker.idle()) ?? {}) : ((await acts[act]?.(context)) ?? {}))
    } else {
      await app.close()
      await worker.stop()
      await context.close()
      process.exit(0)
    }
  })
  // A service that has run for a while, as that of a real day has.
  await warmUp()
  process.send?.({ url, token })
}

// biome-ignore lint/suspicious/noExplicitAny: what the service answered
export type View = any

export class Importer {
  readonly #url: string
  readonly #token: string

  constructor({ url, token }: { url: string; token: string }) {
    this.#url = url
    this.#token = token
  }

  async send(method: string, path: string, given?: FormData | object): Promise<View> {
    const isForm = given === undefined || given instanceof FormData
    const answer = await fetch(this.#url + path, {
      method,
      body: isForm ? given : JSON.stringify(given),
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(isForm ? {} : { 'content-type': 'application/json' }),
      },
    })
    const view = await answer.json()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(view)}`)
    return view
  }

  /** Reads a file and answers how many bytes it has. */
  async download(path: string): Promise<number> {
    const answer = await fetch(this.#url + path, { headers: { authorization: `Bearer ${this.#token}` } })
    const bytes = (await answer.arrayBuffer()).byteLength
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status}`)
    return bytes
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

/** The memory flags of `npm start`, so that the measured service runs as in production. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
  return scripts.start.match(/--max-\S+/g) ?? []
}

export interface Served {
  url: string
  token: string
  folder: string
  /** Sends a message and resolves with its answer. */
  ask<T>(message: unknown): Promise<T>
  /** Runs `work` and measures the service meanwhile. */
  phase<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number } & Measured>
  stop(): Promise<void>
}

/**
 * Starts the measurement at `main` as a service (its argument is `serve`). `DATABASE_URL` names another database;
 * `postgres:` alone starts a PostgreSQL for it, on the disk.
 */
export async function startServed(main: string, more: Record<string, string> = {}): Promise<Served> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-bench-'))
  const own = process.env.DATABASE_URL === 'postgres:' ? await startPostgres({ inMemory: false }) : undefined
  const environment = {
    DATABASE_URL: `sqlite:${join(folder, 'bench.sqlite')}`,
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    ...process.env,
    ...(own ? { DATABASE_URL: own.url } : {}),
  }
  const limits = { LIMIT_PER_SESSION: '1000000', PUBLIC_URL: 'http://127.0.0.1' }
  const service: ChildProcess = fork(main, ['serve'], {
    env: { ...environment, ...limits, ...more },
    execArgv: ['--expose-gc', ...startFlags()],
    // Standard output is reserved for the figures, so the service writes to standard error.
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  const heard = async <T>(): Promise<T> => {
    const heardOne = new AbortController()
    const { signal } = heardOne
    const ended = once(service, 'exit', { signal }).then(() => Promise.reject(new Error('the service ended')))
    try {
      return (await Promise.race([once(service, 'message', { signal }), ended]))[0] as T
    } finally {
      ended.catch(() => {})
      heardOne.abort()
    }
  }
  const ask = <T>(message: unknown): Promise<T> => {
    const answer = heard<T>()
    service.send(message as object)
    return answer
  }
  const { url, token } = await heard<{ url: string; token: string }>()
  return {
    url,
    token,
    folder,
    ask,
    async phase(work) {
      await ask('begin')
      const started = performance.now()
      const value = await work()
      const seconds = (performance.now() - started) / 1000
      return { value, seconds, ...(await ask<Measured>('end')) }
    },
    async stop() {
      service.send('stop')
      await once(service, 'exit')
      await own?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const rounded = (value: number) => Math.round(value * 100) / 100

/** A table for people. */
export function tableOf(headings: string[], rows: string[][]): string {
  const all = [headings, ...rows]
  const widths = headings.map((_, at) => Math.max(...all.map((row) => (row[at] ?? '').length)))
  return `${all.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`).join('\n')}\n`
}
