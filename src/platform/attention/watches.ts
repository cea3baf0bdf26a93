import { isNull } from 'drizzle-orm'
import type { Database } from '../database/port.ts'
import type { Watches } from '../watch/watch.ts'
import { attentions } from './schema.ts'

/** How many alarms are open: a number alone, because readiness is public, and whoever attacks need not read that it was noticed. */
export const attentionWatches: Watches<{ db: Database }> = {
  'attention.open': {
    unit: 'count',
    title: { zh: '待核查的安全提醒', en: 'alarms that nobody has looked into yet' },
    todo: {
      zh: '请安全审计员在“系统”的“安全提醒”中查看并核查。',
      en: 'An auditor looks into them, under System, Alarms.',
    },
    async look({ db }) {
      const value = await db.read.$count(attentions, isNull(attentions.acknowledgedAt))
      return [{ value, alarming: value > 0 }]
    },
  },
}
