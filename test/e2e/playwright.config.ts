import { existsSync, globSync } from 'node:fs'
import { defineConfig } from '@playwright/test'
import { isDrawn, turnOf } from '../support/turns.ts'

const usual = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(
  (name) => `/usr/bin/${name}`,
)

/** A browser that is there already; nothing is downloaded. */
const executablePath = process.env.CHROMIUM_PATH || usual.find((path) => existsSync(path))

/** Files that take long: they are spread over the days. */
const long = [
  'docs-walk',
  'console-inspection-roles',
  'console-city',
  'console-sizes',
  'console-inspection',
  'console-rankings',
  'console-together',
  'console-cases',
  'phone',
  'pages',
].map((name) => `${name}.e2e.ts`)
const inTurn = globSync('*.e2e.ts', { cwd: import.meta.dirname })
  .filter((file) => !file.startsWith('story'))
  .sort((one, other) => long.indexOf(other) - long.indexOf(one) || one.localeCompare(other))
const today = turnOf(inTurn, 4, 0)

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  // The story each day, and of the others a quarter.
  testIgnore: isDrawn ? inTurn.filter((file) => !today.includes(file)).map((file) => `**/${file}`) : [],
  outputDir: '../../test-results',
  fullyParallel: false,
  // Two at once, as with vitest. A file is one worker's, so its tests follow each other.
  workers: 2,
  globalSetup: './support/template.ts',
  // As with vitest: limits only end what hangs, and where nobody watches a failure is tried again and named.
  retries: process.env.CI ? 1 : 0,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: 'list',
  use: {
    locale: 'zh-CN',
    viewport: { width: 390, height: 844 },
    launchOptions: {
      executablePath,
      args: [
        // Chromium's sandbox refuses to run as root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        // Pages of one service share a process, and with it what was compiled; most are left before it is worth more to
        // compile them better, or to collect what they leave. Half of the processor's time.
        '--process-per-site',
        '--js-flags=--no-opt --no-maglev --min-semi-space-size=32',
      ],
    },
  },
})
