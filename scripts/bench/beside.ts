/**
 * `npm run bench:beside -- 1 10` measures what everybody else waits for while big work is done: while a list of 11,302
 * (113,020) people is judged, written and undone, a plan is computed, applied and published, and a report and an export are made, somebody
 * else makes a small write every 25 ms. Without numbers both sizes. `-- --rest` waits for five minutes then, and says what memory
 * the service still holds. `-- --json` prints one object.
 *
 *   npm run bench:beside                                     SQLite in a temporary folder
 *   DATABASE_URL=postgres: npm run bench:beside              a PostgreSQL started for it
 */
import '../lib/help.ts'
import { closeSync, fsync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { writeWorkbook } from '#platform/files/index.ts'
import { anEvent, cityFiles, publish } from './beside-city.ts'
import {
  Importer,
  type Measured,
  type Memory,
  rounded,
  type Served,
  serve,
  startServed,
  tableOf,
  type View,
} from './served.ts'

const json = process.argv.includes('--json')
const restMs = process.argv.includes('--rest') ? 300_000 : 0
const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((each) => each > 0)
const say = (text: string) => process.stderr.write(text)

/** The longest wait of a small write and the busiest turn, in ms, by size; and how a person may cost more at ten times. */
const allowed = {
  waitMs: { 1: 250, 10: 400 },
  busyMs: { 1: 100, 10: 200 },
  ratio: 1.3,
  restRatio: 1.2,
} as const
const writeEveryMs = 25
/** What a person takes in an exported spreadsheet. */
const bytesARow = 75

/** Somebody else, who writes something small again and again; and the disk, whose slowest sync is taken beside it. */
class Somebody {
  readonly #importer: Importer
  readonly #served: Served
  readonly #file: number
  #going = true
  waitMs = 0
  fsyncMs = 0
  readonly #ended: Promise<unknown>

  constructor(served: Served) {
    this.#served = served
    this.#importer = new Importer(served)
    this.#file = openSync(join(served.folder, 'fsync'), 'w')
    this.#ended = Promise.all([this.#write(), this.#sync()])
  }

  async #write(): Promise<void> {
    const body = JSON.stringify({ name: '学雷锋活动', startsOn: '2026-03-05', endsOn: '2026-03-05' })
    const headers = { authorization: `Bearer ${this.#served.token}`, 'content-type': 'application/json' }
    while (this.#going) {
      const from = performance.now()
      const answer = await fetch(`${this.#served.url}/api/campaigns`, { method: 'POST', body, headers })
      await answer.arrayBuffer()
      if (answer.status !== 201) throw new Error(`somebody else was answered ${answer.status}`)
      this.waitMs = Math.max(this.waitMs, performance.now() - from)
      await pause(writeEveryMs)
    }
  }

  async #sync(): Promise<void> {
    while (this.#going) {
      writeSync(this.#file, Buffer.alloc(4096), 0, 4096, 0)
      const from = performance.now()
      await new Promise((done) => fsync(this.#file, done))
      this.fsyncMs = Math.max(this.fsyncMs, performance.now() - from)
      await pause(100)
    }
  }

  reset(): void {
    this.waitMs = 0
  }

  async end(): Promise<void> {
    if (!this.#going) return
    this.#going = false
    await this.#ended
    closeSync(this.#file)
  }

  get client(): Importer {
    return this.#importer
  }
}

type Step = { name: string; seconds: number; waitMs: number; cpuMsAPerson: number } & Measured

async function measure(size: number) {
  const served = await startServed(import.meta.filename, { MESSAGE_CHANNEL: 'log' })
  const files = cityFiles(size)
  const workbook = (rows: View) => writeWorkbook([{ name: '名单', rows }])
  const importer = new Importer(served)
  const steps: Step[] = []
  const somebody = new Somebody(served)
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    say(`${size}× ${name} … `)
    somebody.reset()
    const { value, ...measured } = await served.phase(work)
    steps.push({
      name,
      ...measured,
      waitMs: somebody.waitMs,
      cpuMsAPerson: (measured.cpuSeconds * 1000) / files.count,
    })
    say(`${rounded(measured.seconds)} s, wait ${Math.round(somebody.waitMs)} ms\n`)
    return value
  }
  try {
    for (const rows of [files.units, files.teams])
      await importer.commit((await importer.upload('register.xlsx', await workbook(rows))).id)
    await served.ask('idle')
    const before = await served.ask<Memory>('memory')
    const lists = await Promise.all(files.people.map(workbook))
    const previews = await step('preview', () =>
      eachOf(lists, (bytes) => importer.upload('people.xlsx', bytes)),
    )
    await step('commit', () => eachOf(previews, ({ id }) => importer.commit(id)))
    const [first] = previews
    await step('undo of a list', () => importer.send('DELETE', `/api/imports/${first.id}/commit`))
    const again = await importer.upload('people.xlsx', lists[0] as Buffer)
    await importer.commit(again.id)
    await served.ask({ act: 'settle' })
    const { eventId } = await served.ask<{ eventId: string }>({ act: 'event' })
    const plan = await step('plan', () => planned(importer, eventId))
    const { applied } = await step('application', () =>
      importer.send('PUT', `/api/plans/${plan.id}/application`, {}),
    )
    await step('why here', () => whyHere(importer, plan.id))
    await step('publication', async () => {
      await served.ask({ act: 'publish' })
      await served.ask({ act: 'settle' })
    })
    await step('report', () => importer.send('GET', `/api/events/${eventId}/report`))
    // An export has 50,000 rows at most: of a larger city, those of one role.
    const which = size === 1 ? '' : '?role=deputy'
    const bytes = await step('export', () => importer.download(`/api/exports/persons.xlsx${which}`))
    const exported = steps.at(-1) as Step
    exported.cpuMsAPerson = (exported.cpuSeconds * 1000) / (bytes / bytesARow)
    const { fsyncMs } = somebody
    const rested = restMs > 0 ? { before, after: await resting(served, somebody) } : null
    return { size, people: files.count, assigned: applied.assigned, fsyncMs, steps, rested }
  } finally {
    await somebody.end()
    await served.stop()
  }
}

/** Nobody does anything for a while. */
async function resting(served: Served, somebody: Somebody): Promise<Memory> {
  await somebody.end()
  say('resting … ')
  await pause(restMs)
  return served.ask<Memory>('memory')
}

async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<View>): Promise<View[]> {
  const done: View[] = []
  for (const item of items) done.push(await work(item))
  return done
}

async function planned(importer: Importer, eventId: string): Promise<View> {
  const { id } = await importer.send('POST', `/api/events/${eventId}/plans`, {})
  for (;;) {
    const plan = await importer.send('GET', `/api/plans/${id}`)
    if (plan.state === 'proposed') return plan
    if (plan.state === 'failed') throw new Error(JSON.stringify(plan.failure))
    await pause(200)
  }
}

async function whyHere(importer: Importer, planId: string): Promise<void> {
  const { items } = await importer.send('GET', `/api/plans/${planId}/assignments?limit=1`)
  await importer.send('GET', `/api/plans/${planId}/people/${items[0].personId}`)
}

type Run = Awaited<ReturnType<typeof measure>>

function goalsOf(runs: readonly Run[]) {
  const atMost = (name: string, goal: number, measured: number) => {
    return { name, goal: rounded(goal), measured: rounded(measured), met: measured <= goal }
  }
  const goals = runs.flatMap(({ size, fsyncMs, steps, rested }) => {
    const [waitMax, busyMax] = [allowed.waitMs[size === 1 ? 1 : 10], allowed.busyMs[size === 1 ? 1 : 10]]
    const longest = Math.max(...steps.map(({ waitMs }) => waitMs))
    const busiest = Math.max(...steps.map(({ busyMs }) => busyMs))
    const ratio = rested ? rested.after.rssMb / rested.before.rssMb : 0
    const kept = `${size}×: memory five minutes later, by before`
    return [
      ...(rested ? [atMost(kept, allowed.restRatio, ratio)] : []),
      atMost(`${size}×: longest wait of somebody else, ms`, Math.max(waitMax, 3 * fsyncMs), longest),
      atMost(`${size}×: busiest turn of the main thread, ms`, busyMax, busiest),
    ]
  })
  const [one, ten] = runs
  if (!one || !ten) return goals
  const ratios = ten.steps
    .filter(({ name }) => name !== 'undo of a list')
    .map(({ name, cpuMsAPerson }, n) => {
      const before = one.steps.filter((each) => each.name !== 'undo of a list')[n]?.cpuMsAPerson ?? 0
      return atMost(
        `${name}: processor time a person, ${ten.size}× by ${one.size}×`,
        allowed.ratio,
        cpuMsAPerson / before,
      )
    })
  return [...goals, ...ratios]
}

function print(runs: readonly Run[], goals: ReturnType<typeof goalsOf>): void {
  for (const { size, people, fsyncMs, assigned, steps } of runs) {
    process.stdout.write(
      `${size}×, ${people} people, ${assigned} placed, slowest fsync ${rounded(fsyncMs)} ms\n`,
    )
    const rows = steps.map(({ name, seconds, cpuSeconds, cpuMsAPerson, waitMs, busyMs, memoryMb }) => [
      name,
      ...[seconds, cpuSeconds, cpuMsAPerson, waitMs, busyMs, memoryMb].map((value) => String(rounded(value))),
    ])
    const headings = ['step', 'seconds', 'cpu s', 'cpu ms a person', 'wait ms', 'busy ms', 'memory MB']
    process.stdout.write(tableOf(headings, rows))
  }
  const lines = goals.map(({ name, goal, measured, met }) => [
    name,
    `≤ ${goal}`,
    `${measured}`,
    met ? 'met' : 'MISSED',
  ])
  process.stdout.write(tableOf(['goal', '', 'measured', ''], lines))
}

if (process.argv[2] === 'serve') await serve({ event: anEvent, publish })
else {
  const runs: Run[] = []
  for (const size of sizes.length > 0 ? sizes : [1, 10]) runs.push(await measure(size))
  const goals = goalsOf(runs)
  const engine = /^postgres/.test(process.env.DATABASE_URL ?? '') ? 'postgresql' : 'sqlite'
  if (json) process.stdout.write(`${JSON.stringify({ figures: { engine, runs }, goals })}\n`)
  else print(runs, goals)
  if (goals.some(({ met }) => !met)) process.exitCode = 1
}
