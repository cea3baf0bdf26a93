import { and, asc, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Watches } from '#platform/watch/watch.ts'
import type { AppContext } from '#src/context.ts'
import { messages, sendingHolds } from './schema.ts'
import { laneNames } from './words.ts'

/** What is due should be handed over within minutes, even while a city is invited. */
const dueSeconds = 900

export const messagingWatches: Watches<Pick<AppContext, 'db' | 'now'>> = {
  'messages.overdue': {
    unit: 'seconds',
    title: { zh: '待发消息最长等待', en: 'how long the message that was due first has waited' },
    todo: {
      zh: '请查看发送是否已暂停、通道是否可用，以及后台任务“messaging.deliver”。',
      en: 'Look whether sending is on hold, whether the provider answers, and at the job “messaging.deliver”.',
    },
    async look({ db, now }) {
      const at = now()
      const firsts = await Promise.all(
        Object.keys(laneNames).map((_, lane) =>
          db.read
            .select({ notBefore: messages.notBefore })
            .from(messages)
            .where(
              and(eq(messages.state, sql`'queued'`), eq(messages.lane, lane), lte(messages.notBefore, at)),
            )
            .orderBy(asc(messages.notBefore))
            .limit(1),
        ),
      )
      const waited = firsts.flat().map(({ notBefore }) => at.diff(notBefore).as('seconds'))
      const value = Math.round(Math.max(0, ...waited))
      return [{ value, alarming: value >= dueSeconds }]
    },
  },
  'messages.unknown': {
    unit: 'count',
    title: { zh: '结果未知的消息', en: 'messages of which nobody knows whether they were sent' },
    todo: {
      zh: '请在活动的消息页逐批决定：重发，或按已发处理。',
      en: 'Decide on them at the event, in bulk: send again, or take them as sent.',
    },
    async look({ db }) {
      const value = await db.read.$count(messages, eq(messages.state, sql`'unknown'`))
      return [{ value, alarming: value > 0 }]
    },
  },
  'sending.holds': {
    unit: 'count',
    title: { zh: '已暂停的发送', en: 'sendings on hold' },
    todo: {
      zh: '请查看暂停原因，排除后恢复发送。',
      en: 'Look why sending is on hold, remove the cause, and release it.',
    },
    async look({ db }) {
      const value = await db.read.$count(sendingHolds, isNull(sendingHolds.releasedAt))
      return [{ value, alarming: value > 0 }]
    },
  },
}
