import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { enqueueAll } from '#platform/jobs/queue.ts'

/** The name of the job that sends due messages. */
export const deliverJob = 'messaging.deliver'

/** Enqueues one delivery job per minute in which a message becomes due; one immediately for those due by `now`. */
export async function enqueueDelivery(
  tx: Writer,
  moments: readonly DateTime[],
  now: DateTime,
): Promise<void> {
  const byKey = new Map<string, { params: Record<string, unknown>; key: string; runAt: DateTime }>()
  for (const due of moments) {
    const runAt = due <= now ? now : due.plus({ seconds: 59, milliseconds: 999 }).startOf('minute')
    const key = due <= now ? deliverJob : `${deliverJob}@${runAt.toISO()}`
    byKey.set(key, { params: {}, key, runAt })
  }
  await enqueueAll(tx, deliverJob, [...byKey.values()])
}
