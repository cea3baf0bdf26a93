/**
 * `npm run bench:kill` kills the service and PostgreSQL's postmaster under load, 20 times on each engine (`-- --rounds=N`).
 * It runs the test that does the same a few times in the normal test suite. `-- --json` prints one object.
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

/** Runs the tests of one engine; their output goes to standard error. */
async function killsOn(project: keyof typeof engines) {
  const folder = mkdtempSync(join(tmpdir(), 'muster-kill-'))
  const file = join(folder, 'results.json')
  const given = ['run', '--config', 'test/vitest.config.ts', '--project', project]
  const reporting = ['--reporter', 'default', '--reporter', 'json', '--outputFile.json', file]
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const started = performance.now()
  try {
    const child = spawn(
      process.execPath,
      [vitest, ...given, ...reporting, 'test/modules/attendance/kill.test.ts'],
      {
        cwd: root,
        env: { ...process.env, ROUNDS: String(rounds), TEST_DATA_ON: 'disk' },
        stdio: ['ignore', 2, 2],
      },
    )
    await once(child, 'close')
    const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
    const seconds = Math.round((performance.now() - started) / 1000)
    const ran = testResults.flatMap(({ assertionResults }) => assertionResults)
    return { seconds, tests: ran.filter(({ status }) => status === 'passed' || status === 'failed') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const results = [
  { engine: engines.sqlite, ...(await killsOn('sqlite')) },
  { engine: engines.postgres, ...(await killsOn('postgres')) },
]
const figures = {
  rounds,
  seconds: Object.fromEntries(results.map(({ engine, seconds }) => [engine, seconds])),
}
const goals = results.flatMap(({ engine, tests }) =>
  tests.map(({ title, status, failureMessages }) => ({
    name: `${engine}: ${title.split(',')[0]}`,
    goal: `${rounds} times, nothing acknowledged lost, nothing counted twice`,
    measured: failureMessages[0]?.split('\n')[0] ?? 'none',
    met: status === 'passed',
  })),
)
if (json) process.stdout.write(`${JSON.stringify({ figures, goals })}\n`)
else
  for (const { name, goal, measured, met } of goals)
    process.stdout.write(`${met ? '✓' : '✗'} ${name}: ${met ? goal : measured}\n`)
// One test on SQLite and two on PostgreSQL must have run: skipped tests prove nothing.
process.exitCode = goals.length === 3 && goals.every(({ met }) => met) ? 0 : 1
