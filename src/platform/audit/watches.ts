import { asc, isNull } from 'drizzle-orm'
import type { Database } from '../database/port.ts'
import type { Clock } from '../time.ts'
import type { Watches } from '../watch/watch.ts'
import { auditEntries } from './schema.ts'

/** Entries are sealed every ten seconds. */
const unsealedSeconds = 600

export const auditWatches: Watches<{ db: Database; clock: Clock }> = {
  'audit.unsealed': {
    unit: 'seconds',
    title: {
      zh: '审计日志最早未封存记录距今',
      en: 'how long the first unsealed entry of the audit trail has waited',
    },
    todo: {
      zh: '可能有记录被伪造或删除。请运行 npm run audit:verify，并查看后台任务“audit.seal”。',
      en: 'Entries may have been forged or deleted. Run npm run audit:verify, and look at the job “audit.seal”.',
    },
    async look({ db, clock }) {
      const [first] = await db.read
        .select({ at: auditEntries.at })
        .from(auditEntries)
        .where(isNull(auditEntries.number))
        .orderBy(asc(auditEntries.id))
        .limit(1)
      // An entry that is dated ahead is no younger for it: whoever forges one chooses its time.
      const value = first ? Math.abs(Math.round(clock.now().diff(first.at).as('seconds'))) : 0
      return [{ value, alarming: value >= unsealedSeconds }]
    },
  },
}
