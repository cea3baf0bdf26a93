/** What every command says of itself. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startFlags } from '#test/support/service.ts'
import { usageOf } from '../scripts/lib/help.ts'

const root = resolve(import.meta.dirname, '..')
const run = promisify(execFile)
// A setting that is wrong, and no database: help needs neither.
const env = { PATH: process.env.PATH, DATABASE_URL: 'nowhere:', PORT: 'many' }

/** The commands of package.json that run a script of ours, and the two of the README. */
const commands = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts as Record<
  string,
  string
>
const files = new Set(
  Object.values(commands).flatMap((command) => /node .*?(scripts\/[\w/-]+\.ts)/.exec(command)?.[1] ?? []),
)
files.add('scripts/day/main.ts')

const privateFiles = "import '#platform/private-files.ts'"
const ownUsage = 'scripts/account-create.ts'

test('every command says what it does and takes, in at most 112 columns', () => {
  expect(files.size).toBeGreaterThan(15)
  for (const file of files) {
    if (file === ownUsage) continue
    const text = readFileSync(join(root, file), 'utf8')
    // The first import but the one that makes files private, so that nothing is read or done before.
    const [first] = [...text.matchAll(/^import .*$/gm)]
      .map(([line]) => line)
      .filter((line) => line !== privateFiles)
    expect([file, first]).toEqual([file, expect.stringMatching(/^import '\.\.?\/lib\/help\.ts'$/)])
    const usage = usageOf(join(root, file))
    expect(usage.length, file).toBeGreaterThan(60)
    expect(usage.split('\n').filter((line) => line.length > 112)).toEqual([])
    expect(usage).not.toMatch(/\/\*\*|\*\/|^ ?\* /m)
  }
})

test.each([
  [process.execPath, ...startFlags, join(root, 'scripts/backup.ts')],
  [process.execPath, ...startFlags, join(root, ownUsage)],
  [join(root, 'scripts/demo')],
  [join(root, 'scripts/test')],
])('with --help it is said, whatever the settings, and nothing is done: %s', async (command, ...args) => {
  const { stdout, stderr } = await run(command, [...args, '--help'], { cwd: root, env })
  expect(stderr).toBe('')
  expect(stdout.length).toBeGreaterThan(60)
  expect(stdout.split('\n').filter((line) => line.length > 112)).toEqual([])
})
