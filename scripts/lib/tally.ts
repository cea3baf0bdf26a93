/**
 * Adds up the results of vitest and Playwright: `node scripts/lib/tally.ts FOLDER EXIT_CODES…`.
 * Names what passed only when tried again, then prints `N passed, N failed`. The exit code is 1 when a test failed or a
 * test runner ended with an error.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Vitest {
  numPassedTests: number
  numFailedTests: number
  testResults: {
    name: string
    status: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] | null }[]
  }[]
}
interface Suite {
  file: string
  suites?: Suite[]
  specs?: { title: string; tests: { status: string }[] }[]
}
interface Playwright {
  stats: { expected: number; unexpected: number; flaky: number }
  suites?: Suite[]
  errors: unknown[]
}

const [folder = '.', ...codes] = process.argv.slice(2)
let passed = 0
let failed = 0
/** What failed once and then passed: no reason to refuse a change, and a reason to look at the test. */
const unsteady: string[] = []

function read<T>(name: string): T | undefined {
  const file = join(folder, name)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined
}

const vitest = read<Vitest>('vitest.json')
if (vitest) {
  passed += vitest.numPassedTests
  // A test file that could not be loaded has no tests; it counts as one failure.
  const broken = vitest.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  failed += vitest.numFailedTests + broken.length
  for (const { name, assertionResults } of vitest.testResults)
    for (const { status, fullName, failureMessages } of assertionResults)
      if (status === 'passed' && failureMessages?.length)
        unsteady.push(`${name}: ${fullName}\n  ${failureMessages[0]}`)
}
const playwright = read<Playwright>('playwright.json')
if (playwright) {
  passed += playwright.stats.expected + playwright.stats.flaky
  failed += playwright.stats.unexpected + (playwright.stats.unexpected === 0 ? playwright.errors.length : 0)
  const look = ({ file, suites = [], specs = [] }: Suite): void => {
    for (const { title, tests } of specs)
      if (tests.some(({ status }) => status === 'flaky')) unsteady.push(`${file}: ${title}`)
    suites.forEach(look)
  }
  playwright.suites?.forEach(look)
}
// A runner that ended with an error but reported no failure counts as one failure.
if (failed === 0 && codes.some((code) => code !== '0')) failed = 1
if (unsteady.length > 0)
  process.stdout.write(`Passed only when tried again:\n${unsteady.map((name) => `- ${name}`).join('\n')}\n`)
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 ? 1 : 0
