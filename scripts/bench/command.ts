/**
 * Measures reading a year of 100,000 tasks with a million moves: the inbox of a unit, the list of books with their funnels, one
 * book, figures as of days of the year, and a wall chart of 500 rows on A1; and what a photo of 12 megapixels takes. `--json` prints one object.
 *
 *   npm run bench:command                          SQLite in a temporary folder
 *   DATABASE_URL=postgres: npm run bench:command   a PostgreSQL started for it
 */
import '../lib/help.ts'
import { dialect } from '#platform/database/kit.ts'
import { type SignedIn, startApp } from '#test/support/app.ts'
import { useDatabases } from '#test/support/databases.ts'
import { photoSeconds } from './command-photo.ts'
import { type CommandYear, writeYear, year } from './command-year.ts'

const json = process.argv.includes('--json')
const say = (text: string) => process.stderr.write(text)
const rounds = 9

const { setup } = await import(`#test/support/global-${dialect === 'sqlite' ? 'sqlite' : 'postgres'}.ts`)
const tearDown: () => Promise<void> | void = await setup({
  provide: (_: string, databases: Parameters<typeof useDatabases>[0]) => useDatabases(databases),
})

const app = await startApp({ worker: false, at: '2026-12-28T09:00:00+08:00', unused: true })
say('writing the year … ')
const made = await writeYear(app, say)
say('measuring … ')

async function get(who: SignedIn, url: string): Promise<void> {
  const answer = await app.app.inject({
    method: 'GET',
    url,
    headers: { authorization: `Bearer ${who.token}` },
  })
  if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
}

const asOf = (day: string) => encodeURIComponent(`2026-${day}T17:00:00+08:00`)

/** What is read, by whom, and how long it may take in ms. */
const readings = ({ office, liaison, bookId, chartBookId }: CommandYear) =>
  [
    ['inbox of a unit', liaison, '/api/my/tasks?limit=50', 50],
    ['books with funnels, for the city', office, '/api/books?limit=50', 50],
    ['one book with its funnel', office, `/api/books/${bookId}`, 50],
    ['tasks of a book, 50 of them', office, `/api/tasks?bookId=${bookId}&limit=50`, 50],
    ['figures as of now, by unit', office, '/api/task-figures?by=unit', 1000],
    ['figures as of 30 June, by unit', office, `/api/task-figures?by=unit&at=${asOf('06-30')}`, 1000],
    [
      'figures as of 30 September, by district',
      office,
      `/api/task-figures?by=district&at=${asOf('09-30')}`,
      1000,
    ],
    ['chart of 500 rows on A1, PDF', office, `/api/books/${chartBookId}/chart?paper=A1`, 3000],
  ] as const

interface Reading {
  name: string
  goalMs: number
  firstMs: number
  medianMs: number
  worstMs: number
}

async function measured(): Promise<Reading[]> {
  const results: Reading[] = []
  for (const [name, who, url, goalMs] of readings(made)) {
    const times: number[] = []
    for (let n = 0; n <= rounds; n++) {
      const from = performance.now()
      await get(who, url)
      times.push(performance.now() - from)
    }
    const [firstMs = 0, ...others] = times
    others.sort((one, other) => one - other)
    results.push({
      name,
      goalMs,
      firstMs,
      medianMs: others[Math.floor(others.length / 2)]!,
      worstMs: others.at(-1)!,
    })
  }
  return results
}

const results = await measured()
const photo = await photoSeconds(rounds)
await app[Symbol.asyncDispose]()
await tearDown()
say('\n')
const rounded = (ms: number) => Math.round(ms * 10) / 10
const goals = results.map(({ name, goalMs, medianMs }) => ({
  name,
  goal: `≤ ${goalMs} ms`,
  measured: `${rounded(medianMs)} ms`,
  met: medianMs <= goalMs,
}))
const photoGoal = { name: 'photo of 12 megapixels, processor time', goalSeconds: 0.5 }
goals.push({
  name: photoGoal.name,
  goal: `≤ ${photoGoal.goalSeconds} s`,
  measured: `${photo.each.toFixed(2)} s`,
  met: photo.each <= photoGoal.goalSeconds,
})
if (json) {
  const figures = results.map(({ firstMs, medianMs, worstMs, ...each }) => ({
    ...each,
    firstMs: rounded(firstMs),
    medianMs: rounded(medianMs),
    worstMs: rounded(worstMs),
  }))
  process.stdout.write(
    `${JSON.stringify({ figures: { engine: dialect, ...year, rounds, readings: figures, photo }, goals })}\n`,
  )
} else {
  for (const { name, goalMs, firstMs, medianMs, worstMs } of results)
    process.stdout.write(
      `${medianMs <= goalMs ? '✓' : '✗'} ${`${name} (≤ ${goalMs} ms)`.padEnd(58)} ${rounded(medianMs)} ms, first ${rounded(firstMs)}, worst ${rounded(worstMs)}\n`,
    )
  const { name, goalSeconds } = photoGoal
  process.stdout.write(
    `${photo.each <= goalSeconds ? '✓' : '✗'} ${`${name} (≤ ${goalSeconds} s)`.padEnd(58)} ${photo.each.toFixed(2)} s, first ${photo.first.toFixed(2)} s with the start of its process\n`,
  )
}
process.exitCode = goals.every(({ met }) => met) ? 0 : 1
