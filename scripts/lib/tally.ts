/**
 * Adds up the results of vitest and Playwright: `node scripts/lib/tally.ts FOLDER EXIT_CODES…`.
 * Prints only `N passed, N failed`. The exit code is 1 when a test failed or a test runner ended with an error.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Vitest {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}
interface Playwright {
  stats: { expected: number; unexpected: number; flaky: number }
  errors: unknown[]
}

const [folder = '.', ...codes] = process.argv.slice(2)
let passed = 0
let failed = 0

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
}
const playwright = read<Playwright>('playwright.json')
if (playwright) {
  passed += playwright.stats.expected
  failed +=
    playwright.stats.unexpected +
    playwright.stats.flaky +
    (playwright.stats.unexpected === 0 ? playwright.errors.length : 0)
}
// A runner that ended with an error but reported no failure counts as one failure.
if (failed === 0 && codes.some((code) => code !== '0')) failed = 1
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 ? 1 : 0
