/** The demonstration that the README tells everybody to start: it plays to its end on both engines, and its figures add up. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { dialect } from '#platform/database/kit.ts'
import { createEmptyDatabase } from '#test/support/database.ts'

const root = resolve(import.meta.dirname, '..')
const run = promisify(execFile)

test('a tenth of the city plays Lei Feng day and the year to the end, and every figure adds up', async () => {
  await using database = await createEmptyDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'muster-demonstration-'))
  try {
    const args = [join(root, 'scripts/day/main.ts'), '--small', '--exit', '--port', '0']
    const env = {
      ...{ PATH: process.env.PATH, MUSTER_DEMO_DIR: folder, NO_COLOR: '1' },
      ...(dialect === 'postgresql' ? { DATABASE_URL: database.url } : {}),
    }
    // A day that fails ends with 1; what it printed says where.
    const { stdout, stderr } = await run(process.execPath, args, { cwd: root, env }).catch((error) => error)
    const lines = `${stdout}${stderr}`.split('\n')
    expect(lines.filter((line) => line.includes('✗'))).toEqual([])
    expect(stdout).toContain('✓ 全部吻合 · every figure adds up')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
