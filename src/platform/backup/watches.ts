import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { rowsOf } from '../database/dialect.ts'
import type { Database } from '../database/port.ts'
import { systemClock } from '../time.ts'
import type { Watches } from '../watch/watch.ts'

const backupSeconds = 48 * 3600

/** When the newest backup in a folder was written, in ms since 1970. */
async function newestIn(folder: string): Promise<number | undefined> {
  const names = await readdir(folder).catch(() => [])
  const backups = names.filter((name) => /^muster-.*\.backup$/.test(name))
  const times = await Promise.all(backups.map(async (name) => (await stat(join(folder, name))).mtimeMs))
  return times.length > 0 ? Math.max(...times) : undefined
}

async function bornAt(db: Database): Promise<number> {
  const [first] = await rowsOf<{ at: string }>(
    db.read,
    sql`select min(applied_at) as at from applied_migrations`,
  )
  return Date.parse(first?.at ?? '')
}

export const backupWatches: Watches<{ db: Database; config: { backups: { folder: string } } }> = {
  'backup.age': {
    unit: 'seconds',
    title: { zh: '距上次备份', en: 'since the last backup' },
    todo: {
      zh: '请运行 npm run backup，并检查定时备份。',
      en: 'Run npm run backup, and check what runs it regularly.',
    },
    async look({ db, config }) {
      // Files carry the time of the machine, whatever clock the service goes by. Before the first backup the age of the
      // database counts.
      const since = (await newestIn(config.backups.folder)) ?? (await bornAt(db))
      const value = Math.round((systemClock.now().toMillis() - since) / 1000)
      return [{ value, alarming: value >= backupSeconds }]
    },
  },
}
