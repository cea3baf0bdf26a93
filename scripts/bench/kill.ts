/**
 * `npm run bench:kill` kills the service and PostgreSQL's postmaster while people check in, and stops and kills the service while
 * it sends through a slow provider: 20 times on each engine (`-- --rounds=N`). It runs the tests that do the same a few times in
 * the normal test suite. `-- check-ins` or `-- sending` does one of the two, `-- --json` prints one object.
 */
import '../lib/help.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The part of vitest's JSON report that is read here. */
interface VitestReport {
  testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[]
}

const root = resolve(import.meta.dirname, '../..')
const json = process.argv.includes('--json')
const rounds = Number(process.argv.find((given) => given.startsWith('--rounds='))?.slice(9) ?? 20)
const engines = { sqlite: 'SQLite', postgres: 'PostgreSQL' }
/** What is killed, by the test that does it: what holds afterwards, and how many tests run on each engine. */
const kills = {
  'check-ins': {
    file: 'test/modules/attendance/kill.test.ts',
    goal: 'nothing acknowledged lost, nothing counted twice',
    tests: { sqlite: 1, postgres: 2 },
  },
  sending: {
    file: 'test/modules/messaging/slow-provider.test.ts',
    goal: 'nobody told twice, nobody never without a reason, nothing stranded',
    tests: { sqlite: 2, postgres: 2 },
  },
}
const names = Object.keys(kills) as (keyof typeof kills)[]
const chosen = names.filter((name) => process.argv.includes(name))

/** Runs one of the tests on one engine; its output goes to standard error. */
async function killsOn(project: keyof typeof engines, test: string) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-kill-'))
  const file = join(folder, 'results.json')
  const given = ['run', '--config', 'test/vitest.config.ts', '--project', project]
  const reporting = ['--reporter', 'default', '--reporter', 'json', '--outputFile.json', file]
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const started = performance.now()
  try {
    const child = spawn(process.execPath, [vitest, ...given, ...reporting, test], {
      cwd: root,
      env: { ...process.env, ROUNDS: String(rounds), TEST_DATA_ON: 'disk' },
      stdio: ['ignore', 2, 2],
    })
    await once(child, 'close')
    const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
    const seconds = Math.round((performance.now() - started) / 1000)
    const ran = testResults.flatMap(({ assertionResults }) => assertionResults)
    return { seconds, tests: ran.filter(({ status }) => status === 'passed' || status === 'failed') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const results = []
for (const name of chosen.length > 0 ? chosen : names)
  for (const project of ['sqlite', 'postgres'] as const) {
    const { file, goal, tests: wanted } = kills[name]
    const { seconds, tests } = await killsOn(project, file)
    results.push({
      name,
      engine: engines[project],
      goal,
      seconds,
      tests,
      missing: wanted[project] - tests.length,
    })
  }
const figures = {
  rounds,
  seconds: Object.fromEntries(results.map(({ name, engine, seconds }) => [`${engine}, ${name}`, seconds])),
}
const goals = results.flatMap(({ engine, goal, tests }) =>
  tests.map(({ title, status, failureMessages }) => ({
    name: `${engine}: ${title.split(/[,:]/)[0]}`,
    goal: `${rounds} times, ${goal}`,
    measured: failureMessages[0]?.split('\n')[0] ?? 'none',
    met: status === 'passed',
  })),
)
if (json) process.stdout.write(`${JSON.stringify({ figures, goals })}\n`)
else
  for (const { name, goal, measured, met } of goals)
    process.stdout.write(`${met ? '✓' : '✗'} ${name}: ${met ? goal : measured}\n`)
// Each test must have run: skipped tests prove nothing.
process.exitCode = results.every(({ missing }) => missing === 0) && goals.every(({ met }) => met) ? 0 : 1
