/** 演练: a second service on a copy of a backup, which says what it is and leaves the real one alone. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { dialect } from '#platform/database/kit.ts'
import { openDatabase } from '#platform/database/open.ts'
import { createDatabase } from '#test/support/database.ts'
import { someContacts } from '#test/support/factories/messaging.ts'
import { newKeyRing } from '#test/support/keys.ts'
import { runScript, startFlags } from '#test/support/service.ts'

const root = resolve(import.meta.dirname, '..')

// Processes of their own: what they restore is shown on both engines elsewhere.
test.runIf(dialect === 'sqlite')(
  'a rehearsal runs on a copy with a clock of its own, says so, and leaves nothing behind',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-rehearsal-'))
    const at = (name: string) => join(folder, name)
    await using database = await createDatabase()
    const db = await openDatabase({ databaseUrl: database.url })
    await someContacts({ db, keys: newKeyRing(at('keys.json')) }, ['15400000001'])
    await db.close()
    writeFileSync(at('head'), 'of the real service')
    const env = {
      ...{ DATABASE_URL: database.url, DATA_DIR: at('data'), KEYS_FILE: at('keys.json') },
      ...{ BACKUP_DIR: at('backups'), BACKUP_KEY_FILE: at('backup-key.json') },
      // What a rehearsal must not do: move the real copy of the head aside, and send anything.
      ...{ AUDIT_HEAD_COPY: at('head'), MESSAGE_CHANNEL: 'smtp', SMTP_FROM: 'a@example.cn' },
      SMTP_URL: 'smtp://127.0.0.1:1',
    }
    await runScript('scripts/backup.ts', [], env)
    const [backup = ''] = readdirSync(at('backups')).filter((name) => !/sha256|json/.test(name))
    const [file, day] = [join(at('backups'), backup), '2027-03-04T08:00:00+08:00']
    const child = spawn(
      process.execPath,
      [...startFlags, 'scripts/rehearse.ts', file, '--port', '0', '--at', day],
      {
        cwd: root,
        env: { PATH: process.env.PATH, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    const ended = once(child, 'exit')
    onTestFinished(() => void child.kill('SIGTERM'))
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    await expect
      .poll(() => /The rehearsal is at (\S+);|could not begin/.test(said), { timeout: 180_000 })
      .toBe(true)
    expect(said).toContain('The rehearsal is at')
    const url = /is at (\S+);/.exec(said)?.[1] as string
    const headers = { accept: 'text/html', 'accept-language': 'zh' }
    const page = await (await fetch(`${url}/sign-in`, { headers })).text()
    expect([said, page]).toEqual([
      expect.any(String),
      expect.stringContaining('演练 · 模拟时间 2027-03-04 08:0'),
    ])
    const mine = readdirSync(at('data')).filter((name) => name.startsWith('rehearsal-'))
    expect(mine).toHaveLength(1)
    expect(existsSync(join(at('data'), mine[0] as string, 'muster.sqlite'))).toBe(true)
    child.kill('SIGTERM')
    await ended
    expect(readdirSync(at('data')).filter((name) => name.startsWith('rehearsal-'))).toEqual([])
    expect(readFileSync(at('head'), 'utf8')).toBe('of the real service')
    rmSync(folder, { recursive: true, force: true })
  },
  240_000,
)
