import { sql } from 'drizzle-orm'
import { rowsOf } from '../database/dialect.ts'
import type { Database } from '../database/port.ts'
import { systemClock } from '../time.ts'
import type { Watches } from '../watch/watch.ts'
import { lastDrill, newestBackup } from './drill.ts'

const backupSeconds = 48 * 3600

/** A quarter of a year, and a week for whoever is on leave. */
const drillSeconds = 98 * 86_400

async function bornAt(db: Database): Promise<number> {
  const [first] = await rowsOf<{ at: string }>(
    db.read,
    sql`select min(applied_at) as at from applied_migrations`,
  )
  return Date.parse(first?.at ?? '')
}

/** Before the first time the age of the database counts. */
async function ageOf(db: Database, sinceMs: number | undefined, alarmingSeconds: number) {
  const since = sinceMs ?? (await bornAt(db))
  const value = Math.round((systemClock.now().toMillis() - since) / 1000)
  return { value, alarming: value >= alarmingSeconds }
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
      // Files carry the time of the machine, whatever clock the service goes by.
      return [await ageOf(db, newestBackup(config.backups.folder)?.writtenMs, backupSeconds)]
    },
  },
  'backup.drill_age': {
    unit: 'seconds',
    title: { zh: '距上次恢复演练', en: 'since a backup was last brought back' },
    todo: {
      zh: '请运行 npm run backup:drill，确认备份能够恢复。',
      en: 'Run npm run backup:drill, to see that the backups can be brought back.',
    },
    look: async ({ db, config }) => [await ageOf(db, lastDrill(config.backups.folder), drillSeconds)],
  },
}
