/**
 * Measures what it costs that cadres are on the lists of two units: processor time of check-ins, of an import (preview,
 * commit, undo), of a plan, and of lists, with half of the records linked to one of the other unit, divided by the same
 * with none linked. Both run in one process, in turns. `--json` prints one object; `--rounds=3` gives a quick result.
 *
 *   npm run bench:pair                          SQLite in a temporary folder
 *   DATABASE_URL=postgres: npm run bench:pair   a PostgreSQL started for it
 */
import '../lib/help.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { dialect } from '#platform/database/kit.ts'
import { newId } from '#platform/ids.ts'
import { useDatabases } from '#test/support/databases.ts'
import { importing } from '#test/support/factories/spreadsheets.ts'
import { aPair, type Side, sizes } from './pair-city.ts'

const json = process.argv.includes('--json')
const rounds = Number(process.argv.find((each) => each.startsWith('--rounds='))?.slice(9) ?? 9)
const checkIns = 1_000
const goal = 1.03
const say = (text: string) => process.stderr.write(text)

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const phases = {
  'check-in': 'check-ins by link',
  preview: 'import: preview',
  commit: 'import: commit',
  undo: 'import: undo',
  plan: 'a plan',
  lists: 'lists',
} as const
type Phase = keyof typeof phases

async function send(
  { app, who }: Side,
  method: 'GET' | 'PUT' | 'POST' | 'DELETE',
  url: string,
  body?: object,
) {
  const headers = { authorization: `Bearer ${who.token}` }
  const answer = await app.app.inject({ method, url, headers, ...(body && { payload: body }) })
  if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`)
  return answer.statusCode === 204 ? undefined : answer.json()
}

async function processorSeconds(work: () => Promise<unknown>): Promise<number> {
  collect()
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

async function readsLists(side: Side): Promise<void> {
  for (let times = 0; times < 5; times++) {
    await send(side, 'GET', '/api/persons?limit=200')
    await send(side, 'GET', `/api/events/${side.eventId}/participations?limit=200`)
    for (const shiftId of side.shiftIds) {
      await send(side, 'GET', `/api/shifts/${shiftId}/assignments?limit=200`)
      await send(side, 'GET', `/api/shifts/${shiftId}/attendance?limit=200`)
    }
  }
}

async function commits(side: Side, id: string): Promise<void> {
  await send(side, 'PUT', `/api/imports/${id}/commit`)
  // Whoever looks at it does not count; the links are judged afterwards.
  for (;;) {
    const { state, failure } = await send(side, 'GET', `/api/imports/${id}`)
    if (state === 'committed') return
    if (failure) throw new Error(JSON.stringify(failure))
    await pause(10)
  }
}

async function round(side: Side): Promise<Record<Phase, number>> {
  const { app, links, list, who } = side
  const some = links.slice(0, checkIns)
  const checkedIn = await processorSeconds(async () => {
    for (const { url } of some) await send(side, 'PUT', url, { operationId: newId() })
  })
  for (const { undo } of some) await send(side, 'DELETE', undo)
  await app.settled()
  const lists = await processorSeconds(() => readsLists(side))
  const plan = await processorSeconds(async () => {
    await app.as('city_office').post(`/api/events/${side.laterId}/plans`).send({ policy: 'fill' }).expect(202)
    await app.settled()
  })
  let id = ''
  const preview = await processorSeconds(async () => {
    const judged = await importing(app, [list], who)
    id = judged.id
  })
  const commit = await processorSeconds(() => commits(side, id))
  await app.settled()
  const undo = await processorSeconds(() => send(side, 'DELETE', `/api/imports/${id}/commit`))
  await app.settled()
  return { 'check-in': checkedIn, preview, commit, undo, plan, lists }
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
}

const { setup } = await import(`#test/support/global-${dialect === 'sqlite' ? 'sqlite' : 'postgres'}.ts`)
const tearDown: () => Promise<void> | void = await setup({
  provide: (_: string, databases: Parameters<typeof useDatabases>[0]) => useDatabases(databases),
})

async function measure() {
  say('preparing … ')
  const [none, half] = [await aPair(false), await aPair(true)]
  const seconds = { none: [] as Record<Phase, number>[], half: [] as Record<Phase, number>[] }
  // The first round warms up. Afterwards each begins in turn, so that neither always runs on what the other left behind.
  for (let n = 0; n <= rounds; n++) {
    say(n === 0 ? 'warming up … ' : `${n} of ${rounds} … `)
    const turns = n % 2 === 0 ? (['none', 'half'] as const) : (['half', 'none'] as const)
    for (const turn of turns) {
      const measured = await round(turn === 'none' ? none : half)
      if (n > 0) seconds[turn].push(measured)
    }
  }
  for (const { app } of [none, half]) await app[Symbol.asyncDispose]()
  say('\n')
  return seconds
}

const rounded = (value: number) => Math.round(value * 1000) / 1000
const seconds = await measure()
await tearDown()
const ratios = Object.fromEntries(
  Object.keys(phases).map((phase) => {
    const of = (some: Record<Phase, number>[]) => some.map((each) => each[phase as Phase])
    const [none, half] = [of(seconds.none), of(seconds.half)]
    const ratio = rounded(median(half.map((value, n) => value / (none[n] as number))))
    return [phase, { ratio, noneSeconds: rounded(median(none)), halfSeconds: rounded(median(half)) }]
  }),
) as Record<Phase, { ratio: number; noneSeconds: number; halfSeconds: number }>
const figures = { engine: dialect, rounds, ...sizes, checkIns, phases: ratios }
const goals = Object.entries(phases).map(([phase, name]) => {
  const { ratio } = ratios[phase as Phase]
  return {
    name: `${name}, half linked ÷ none`,
    goal: `≤ ${goal}`,
    measured: ratio.toFixed(3),
    met: ratio <= goal,
  }
})
if (json) process.stdout.write(`${JSON.stringify({ figures, goals })}\n`)
else {
  for (const [phase, name] of Object.entries(phases)) {
    const { noneSeconds, halfSeconds } = ratios[phase as Phase]
    process.stdout.write(
      `${name.padEnd(40)} ${noneSeconds.toFixed(3)} s, half linked ${halfSeconds.toFixed(3)} s\n`,
    )
  }
  process.stdout.write('\n')
  for (const { name, goal: wanted, measured, met } of goals)
    process.stdout.write(`${met ? '✓' : '✗'} ${`${name} (${wanted})`.padEnd(56)} ${measured.padStart(6)}\n`)
}
process.exitCode = goals.every(({ met }) => met) ? 0 : 1
