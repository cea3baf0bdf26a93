import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = resolve(import.meta.dirname, '..')

/** Tests that ask no database: once is enough. */
const withoutDatabase = ['test/modules/planning/solver/**']

/** The same suite on one engine. The scheme of DATABASE_URL decides the columns when the schema is imported. */
function on(name: 'sqlite' | 'postgres') {
  return {
    root,
    test: {
      name,
      root,
      include: ['test/**/*.test.ts'],
      exclude: ['test/e2e/**', ...(name === 'postgres' ? withoutDatabase : [])],
      env: { DATABASE_URL: name === 'postgres' ? 'postgres://test' : 'sqlite:test', TZ: 'America/New_York' },
      globalSetup: [`test/support/global-${name}.ts`],
      // Files share a process, and with it what was imported and compiled: three times as fast. Each has its own
      // database, folder and clock; nothing else of ours is kept outside of them.
      isolate: false,
      testTimeout: 30_000,
      hookTimeout: 60_000,
    },
  }
}

export default defineConfig({
  root,
  // Two at once, whatever the machine: much of a test's time is spent waiting, for PostgreSQL or a process.
  test: { root, maxWorkers: 2, projects: [on('sqlite'), on('postgres')] },
})
