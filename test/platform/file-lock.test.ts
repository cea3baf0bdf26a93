/** One lock, several processes, some of which are killed while they hold it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { takeFileLock, withFileLock } from '#platform/file-lock.ts'

const lockModule = resolve(import.meta.dirname, '../../src/platform/file-lock.ts')

/** A process that takes the lock, says so, and holds it until it is killed. */
async function holder(path: string): Promise<ChildProcess> {
  const script = `
    const { withFileLock } = await import(${JSON.stringify(lockModule)})
    await withFileLock(${JSON.stringify(path)}, () => {
      process.send('held')
      return new Promise((later) => setTimeout(later, 600_000))
    })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  return child
}

test('a lock keeps others out while its holder lives, and nobody once it was killed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-lock-'))
  const path = join(folder, 'a.lock')
  for (let round = 0; round < 3; round++) {
    const child = await holder(path)
    await expect(withFileLock(path, async () => 'in')).rejects.toThrow(
      `another process is at it already (${path})`,
    )
    expect(takeFileLock(path)).toBe(undefined)
    child.kill('SIGKILL')
    await once(child, 'exit')
    // Of those who come at once, one is in; each of the others is told.
    let inside = 0
    const crowd = Array.from({ length: 10 }, () =>
      withFileLock(path, async () => {
        expect(++inside).toBe(1)
        await new Promise((later) => setTimeout(later, 20))
        inside--
      }).then(
        () => 'in',
        () => 'told',
      ),
    )
    expect((await Promise.all(crowd)).sort()).toEqual(['in', ...Array(9).fill('told')])
  }
  rmSync(folder, { recursive: true })
})
