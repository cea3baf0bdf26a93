import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { Checkpoints } from '#platform/database/checkpoints.ts'
import { connectSqlite } from '#platform/database/sqlite.ts'

test('a thread that dies says so, and the commits that follow start another', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'muster-log-'))
  const file = join(folder, 'later/db.sqlite')
  const notices: unknown[] = []
  const checkpoints = new Checkpoints(file, (notice) => void notices.push(notice), {
    restartMs: 0,
    commitsMin: 1,
  })
  /** What `state` says after one more commit. */
  const afterCommit = <T>(state: () => T) => {
    checkpoints.committed()
    return state()
  }
  const dead = { event: 'log not copied', failure: expect.stringContaining('directory does not exist') }
  await expect.poll(() => afterCommit(() => notices.length)).toBe(2)
  expect(notices).toEqual([dead, dead])

  mkdirSync(dirname(file))
  const writer = connectSqlite(file)
  writer.pragma('wal_autocheckpoint = 0')
  writer.exec('create table t (x)')
  for (let n = 0; n < 300; n++) writer.prepare('insert into t values (?)').run('x'.repeat(20_000))
  const copied = () => (writer.pragma('wal_checkpoint(NOOP)') as { checkpointed: number }[])[0]?.checkpointed
  await expect.poll(() => afterCommit(copied)).toBeGreaterThan(1000)
  await checkpoints.close()
  writer.close()
  rmSync(folder, { recursive: true })
})
