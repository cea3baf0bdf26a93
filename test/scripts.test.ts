/** What every command says of itself. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startFlags } from '#test/support/service.ts'
import { besides, columnsMax, widthOf, wrapped } from '../scripts/day/columns.ts'
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

test('what the day prints is broken to 112 columns, and nothing of it is lost', () => {
  const bulletin =
    '【快报】3月4日下午，我市开展“弘扬雷锋精神 共建文明本溪”学雷锋志愿服务活动。截至18时，308家单位、354支志愿服务队和22所学校的志愿者、师生共11820人到岗，另清点未实名师生273人，在418个网格680个岗位开展服务，累计27822小时。'
  const lines = wrapped(bulletin, '  │ ', '  │ ').split('\n')
  expect(lines.length).toBeGreaterThan(2)
  expect(lines.filter((line) => widthOf(line) > columnsMax)).toEqual([])
  expect(lines.map((line) => line.slice(4)).join('')).toBe(bulletin)
  // No line begins with a mark that closes what is before it.
  expect(lines.filter((line) => /^ {2}│ [，。、；：”）]/.test(line))).toEqual([])
  const parts = [
    '  ✓ 向联络员和队长发送开通链接 · one-time links for liaisons and leaders',
    '678 个账号 · accounts',
    '12.3 s (处理器 · processor 10.2 + 3.4)',
  ]
  const [first, second] = besides(parts).split('\n') as [string, string]
  expect([first, second]).toEqual([`${parts[0]}  ${parts[1]}`, `    ${parts[2]}`])
  expect(besides(['  ✓ 取消班次', '', '0.4 s'])).toBe('  ✓ 取消班次  0.4 s')
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
