/**
 * Measures rankings and figures over a million observations of 40 rounds. Rankings of twelve of them are drafted by a job
 * beside the main thread and read; standards × districts of a round are read beside it; pages of lists. `-- 100000` measures
 * fewer observations, `-- 1000000 1` puts them into one round, `--json` prints one object.
 *
 *   npm run bench:inspection                          SQLite in a temporary folder
 *   DATABASE_URL=postgres: npm run bench:inspection   a PostgreSQL started for it
 */
import '../lib/help.ts'
import { setTimeout as pause } from 'node:timers/promises'
import type { AppContext } from '#src/context.ts'
import { type Inspected, inspected } from './inspection-city.ts'
import {
  Importer,
  type Measured,
  rounded,
  type Served,
  serve,
  startServed,
  tableOf,
  type View,
} from './served.ts'

const json = process.argv.includes('--json')
const wanted =
  process.argv
    .slice(2)
    .map(Number)
    .find((each) => each > 0) ?? 1_000_000
const roundCount =
  process.argv
    .slice(2)
    .map(Number)
    .filter((each) => each > 0)[1] ?? 40
const reads = 10
const say = (text: string) => process.stderr.write(text)

interface Step extends Measured {
  name: string
  /** Of one of them, in seconds. */
  seconds: number
  cpuEach: number
}

/** Everything is asked for `times`; what the main thread does between two turns is the longest of them. */
async function step(
  served: Served,
  name: string,
  times: number,
  work: () => Promise<unknown>,
): Promise<Step> {
  say(`${name} … `)
  const { seconds, ...measured } = await served.phase(async () => {
    for (let n = 0; n < times; n += 1) await work()
  })
  say(`${rounded(seconds / times)} s\n`)
  return { name, ...measured, seconds: seconds / times, cpuEach: measured.cpuSeconds / times }
}

async function measure() {
  const served = await startServed(import.meta.filename, { MESSAGE_CHANNEL: 'log' })
  try {
    say(`writing ${wanted} observations … `)
    const city = await served.ask<Inspected>({ act: 'inspected' })
    say(`${city.observations} of ${city.visits} visits\n`)
    await served.ask('idle')
    const client = new Importer(served)
    const get = (path: string) => () => client.send('GET', path)
    const steps: Step[] = []
    const last = city.roundIds.at(-1)!
    const ranked: Record<string, View> = {}
    for (const group of ['city_districts', 'departments'] as const)
      steps.push(
        await step(served, `draft: ${group}`, 1, async () => {
          const asked = {
            month: thisMonth(),
            group,
            issuerUnitId: city.issuerUnitId,
            roundIds: city.roundIds.slice(-12),
          }
          const { id } = await client.send('POST', '/api/rankings', asked)
          do {
            await pause(50)
            ranked[group] = await client.send('GET', `/api/rankings/${id}`)
          } while (ranked[group].state === 'computing')
        }),
      )
    const { id, lines } = ranked.departments
    steps.push(await step(served, 'ranking', reads, get(`/api/rankings/${id}`)))
    steps.push(await step(served, 'standards × districts', 3, get(`/api/rounds/${last}/standards`)))
    steps.push(await step(served, 'figures of a round', reads, get(`/api/rounds/${last}/figures`)))
    const pages = {
      'page of visits of a line': `/api/rankings/${id}/lines/${lines[0].id}/visits`,
      'page of visits of a round': `/api/rounds/${last}/visits`,
      'page of rounds': '/api/rounds',
      'page of points': '/api/points',
      'page of rankings': '/api/rankings',
      'page of cases': '/api/cases',
    }
    for (const [name, path] of Object.entries(pages)) steps.push(await step(served, name, reads, get(path)))
    return { ...city, roundIds: undefined, steps }
  } finally {
    await served.stop()
  }
}

const thisMonth = () => new Date().toISOString().slice(0, 7)

function goalsOf(steps: readonly Step[]) {
  const atMost = (name: string, goal: number, measured: number) => {
    return { name, goal, measured: rounded(measured), met: measured <= goal }
  }
  return steps.flatMap(({ name, seconds, cpuEach, busyMs }) => {
    if (name.startsWith('draft'))
      return [atMost(`${name}, s`, 20, seconds), atMost(`${name}: busiest turn, ms`, 200, busyMs)]
    if (name === 'ranking') return [atMost('ranking read, s of processor time', 0.3, cpuEach)]
    if (name.startsWith('standards'))
      return [atMost(`${name}, s`, 2, seconds), atMost(`${name}: busiest turn, ms`, 200, busyMs)]
    return name.startsWith('page') ? [atMost(`${name}, s`, 0.1, seconds)] : []
  })
}

if (process.argv[2] === 'serve')
  await serve({
    inspected: (context: AppContext) =>
      inspected(context, Number(process.env.BENCH_OBSERVATIONS), Number(process.env.BENCH_ROUNDS)),
  })
else {
  process.env.BENCH_OBSERVATIONS = String(wanted)
  process.env.BENCH_ROUNDS = String(roundCount)
  const figures = await measure()
  const goals = goalsOf(figures.steps)
  const engine = /^postgres/.test(process.env.DATABASE_URL ?? '') ? 'postgresql' : 'sqlite'
  if (json) process.stdout.write(`${JSON.stringify({ figures: { engine, ...figures }, goals })}\n`)
  else {
    const rows = figures.steps.map(({ name, seconds, cpuEach, busyMs, memoryMb }) => [
      name,
      ...[seconds, cpuEach, busyMs, memoryMb].map((value) => String(rounded(value))),
    ])
    process.stdout.write(tableOf(['step', 'seconds', 'cpu s', 'busy ms', 'memory MB'], rows))
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
