import { globSync } from 'node:fs'
import { matchesGlob, relative, resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { isDrawn, turnOf } from './support/turns.ts'

const root = resolve(import.meta.dirname, '..')

/** Tests that ask no database, or are refused before it is asked: once is enough. */
const withoutDatabase = [
  'test/{access,architecture,audit-texts,backup-stream,config,console,guards,openapi}.test.ts',
  'test/planner/**',
  'test/web/**',
  'test/wording.test.ts',
  'test/modules/*/rules.test.ts',
  'test/modules/command/{due-rules,list-words,task-machine}.test.ts',
  'test/modules/grid/{coverage,geometry}.test.ts',
  'test/modules/imports/{reading,values}.test.ts',
  'test/modules/imports/lists/**',
  'test/modules/inspection/list-words.test.ts',
  'test/modules/messaging/log.test.ts',
  'test/modules/mobilization/proposal-rules.test.ts',
  'test/modules/planning/{why-sentences,withhold-teams}.test.ts',
  'test/platform/database/checkpoints.test.ts',
  'test/platform/{file-lock,ids,log-output,zone-offsets}.test.ts',
  'test/platform/calendar/rules.test.ts',
  'test/platform/documents/**',
  'test/platform/crypto/{crypto,sealed}.test.ts',
  'test/platform/files/**',
  'test/platform/http/{html,limits,problems,requests,uploads}.test.ts',
]

/** Tests that start a process for each thing they ask, and ask nothing that the engines answer differently. */
const ofProcesses = [
  'test/modules/accounts/command-line.test.ts',
  'test/generated-client.test.ts',
  'test/scripts.test.ts',
]

/**
 * Files that take long and do not look it: begun last, one of them would keep the other worker waiting. Neighbours take about
 * as much longer on one engine as the other, so that every day's part is equally long.
 */
const long = [
  'main',
  'access-matrix',
  'modules/attendance/kill',
  'modules/inspection/fifty-phones',
  'modules/messaging/mass-sending',
  'modules/accounts/sign-in',
  'modules/inspection/year',
  'modules/command/random-moves',
  'modules/mobilization/notices',
  'modules/organisation/lookups',
  'demonstration',
  'modules/messaging/slow-provider',
  'common-cadres',
  'modules/live/live',
  'modules/inspection/documents',
  'modules/mobilization/one-human',
  'modules/inspection/ranking-cycles',
  'modules/inspection/ranking-figures',
  'two-services',
].map((name) => `test/${name}.test.ts`)

const rankOf = (file: string) => (long.includes(file) ? long.indexOf(file) : long.length)

/** Tests of what the engines do differently, and of nothing else: each day on both. */
const ofEngines = ['test/platform/**', 'test/{merge,support}/**', 'test/two-services.test.ts']

const onBoth = globSync('test/**/*.test.ts', { cwd: root, exclude: ['test/e2e/**'] })
  .filter((file) => ![...withoutDatabase, ...ofProcesses].some((glob) => matchesGlob(file, glob)))
  .sort((one, other) => rankOf(one) - rankOf(other) || one.localeCompare(other))
const inTurn = onBoth.filter((file) => !ofEngines.some((glob) => matchesGlob(file, glob)))

/** What this engine leaves to the other today. */
const ofTheOther = { sqlite: turnOf(inTurn, 2, 0), postgres: turnOf(inTurn, 2, 1) }

/** Without results of an earlier run vitest begins with the largest files, which are not the longest. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification) => long.includes(relative(root, moduleId))
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

/** The same suite on one engine. The scheme of DATABASE_URL decides the columns when the schema is imported. */
function on(name: 'sqlite' | 'postgres') {
  return {
    root,
    test: {
      name,
      root,
      include: ['test/**/*.test.ts'],
      exclude: [
        'test/e2e/**',
        ...(name === 'postgres' ? [...withoutDatabase, ...ofProcesses] : []),
        ...(isDrawn ? ofTheOther[name] : []),
      ],
      env: { DATABASE_URL: name === 'postgres' ? 'postgres://test' : 'sqlite:test', TZ: 'America/New_York' },
      globalSetup: [`test/support/global-${name}.ts`],
      // Files share a process, and with it what was imported and compiled: three times as fast. Each has its own
      // database, folder and clock; nothing else of ours is kept outside of them.
      isolate: false,
      // Packages are found and compiled as in the service itself.
      execArgv: ['--import', resolve(root, 'src/platform/quick-start.ts')],
      setupFiles: ['test/support/fast-check.ts', 'test/support/say-both.ts'],
      // By Node itself, as the service: it takes a third less of the processor's time than through Vite.
      experimental: { viteModuleRunner: false, nodeLoader: false },
      // Only so that a test that hangs ends some day: machines differ by far, and no test is about its own time.
      testTimeout: 300_000,
      hookTimeout: 300_000,
      expect: { poll: { timeout: 60_000, interval: 20 } },
      // Where nobody watches, a test that fails is tried once more; `scripts/test` names whatever needed it.
      retry: process.env.CI ? 1 : 0,
    },
  }
}

export default defineConfig({
  root,
  // Two at once, whatever the machine: much of a test's time is spent waiting, for PostgreSQL or a process.
  test: { root, maxWorkers: 2, sequence: { sequencer: LongFirst }, projects: [on('sqlite'), on('postgres')] },
})
