/**
 * Measures what it costs that cadres are on the lists of two units: processor time of check-ins, of an import (preview,
 * commit, undo), of a plan, and of lists, with half of the records linked to one of the other unit, divided by the same
 * with none linked. Both run in one process, slice by slice in turns. `--json` prints one object; `--rounds=3` gives a quick result.
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
const checkIns = 500
const checkInsEach = 50
const goal = 1.03
const say = (text: string) => process.stderr.write(text)

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

const phases = {
  'check-in': 'check-ins by link',
  preview: 'import: preview',
  commit: 'import: commit',
  import: 'import: preview and commit',
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
  await send(side, 'GET', '/api/persons?limit=200')
  await send(side, 'GET', `/api/events/${side.eventId}/participations?limit=200`)
  for (const shiftId of side.shiftIds) {
    await send(side, 'GET', `/api/shifts/${shiftId}/assignments?limit=200`)
    await send(side, 'GET', `/api/shifts/${shiftId}/attendance?limit=200`)
  }
}

async function checksIn(side: Side, links: Side['links']): Promise<void> {
  for (const { url } of links) await send(side, 'PUT', url, { operationId: newId() })
}

async function plans({ app, laterId }: Side): Promise<void> {
  await app.as('city_office').post(`/api/events/${laterId}/plans`).send({ policy: 'fill' }).expect(202)
  await app.settled()
}

async function commits(side: Side): Promise<void> {
  await send(side, 'PUT', `/api/imports/${side.importId}/commit`)
  for (;;) {
    const { state, failure } = await send(side, 'GET', `/api/imports/${side.importId}`)
    if (state === 'committed') return
    if (failure) throw new Error(JSON.stringify(failure))
    await pause(10)
  }
}

type Pairs = Record<Phase, { none: number; half: number }[]>

/**
 * One round. Each slice of work is done by both right after one another, and first by the one or the other in turns: what
 * else runs on the machine is the same for both.
 */
async function round(both: { none: Side; half: Side }, pairs: Pairs): Promise<void> {
  let turn = 0
  const slice = async (phase: Phase, work: (side: Side) => Promise<unknown>) => {
    const measured = { none: 0, half: 0 }
    for (const which of turn++ % 2 === 0 ? (['none', 'half'] as const) : (['half', 'none'] as const))
      measured[which] = await processorSeconds(() => work(both[which]))
    pairs[phase].push(measured)
  }
  const sides = Object.values(both)
  for (let from = 0; from < checkIns; from += checkInsEach)
    await slice('check-in', (side) => checksIn(side, side.links.slice(from, from + checkInsEach)))
  for (const side of sides)
    for (const { undo } of side.links.slice(0, checkIns)) await send(side, 'DELETE', undo + newId())
  for (let times = 0; times < 6; times++) await slice('lists', readsLists)
  for (let times = 0; times < 2; times++) await slice('plan', plans)
  for (let times = 0; times < 4; times++)
    await slice('preview', async (side) => {
      side.importId = (await importing(side.app, [side.list], side.who)).id
    })
  await slice('commit', commits)
  const sum = (which: 'none' | 'half') => pairs.preview.at(-1)![which] + pairs.commit.at(-1)![which]
  pairs.import.push({ none: sum('none'), half: sum('half') })
  for (const { link, app } of sides) {
    await link()
    await app.settled()
  }
  await slice('undo', (side) => send(side, 'DELETE', `/api/imports/${side.importId}/commit`))
  for (const { app } of sides) await app.settled()
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number

const { setup } = await import(`#test/support/global-${dialect === 'sqlite' ? 'sqlite' : 'postgres'}.ts`)
const tearDown: () => Promise<void> | void = await setup({
  provide: (_: string, databases: Parameters<typeof useDatabases>[0]) => useDatabases(databases),
})

const noPairs = () => Object.fromEntries(Object.keys(phases).map((phase) => [phase, []])) as unknown as Pairs

async function measure(): Promise<Pairs> {
  say('preparing … ')
  const both = { none: await aPair(false), half: await aPair(true) }
  say('warming up … ')
  await round(both, noPairs())
  const pairs = noPairs()
  for (let n = 1; n <= rounds; n++) {
    say(`${n} of ${rounds} … `)
    await round(both, pairs)
  }
  for (const { stop } of Object.values(both)) await stop()
  say('\n')
  return pairs
}

const rounded = (value: number) => Math.round(value * 1000) / 1000
const pairs = await measure()
await tearDown()
const ratios = Object.fromEntries(
  Object.entries(pairs).map(([phase, some]) => [
    phase,
    {
      ratio: rounded(median(some.map(({ none, half }) => half / none))),
      noneSeconds: rounded(median(some.map(({ none }) => none))),
      halfSeconds: rounded(median(some.map(({ half }) => half))),
      slices: some.length,
    },
  ]),
) as Record<Phase, { ratio: number; noneSeconds: number; halfSeconds: number; slices: number }>
const figures = { engine: dialect, rounds, ...sizes, checkIns, phases: ratios }
// An import is both of its parts, as its clerk waits for both.
const judged = Object.entries(phases).filter(([phase]) => phase !== 'preview' && phase !== 'commit')
const goals = judged.map(([phase, name]) => {
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
