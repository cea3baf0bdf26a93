import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { undoMinutes } from '#platform/previews/index.ts'

/**
 * Enqueues the telling of a person whose places were changed by hand: five minutes later, so that taking somebody off
 * one shift and placing them on another is one message.
 */
export async function placesSettleLater(tx: Writer, participationId: string, at: DateTime): Promise<void> {
  const options = { key: `places:${participationId}`, runAt: at.plus({ minutes: undoMinutes }) }
  await enqueue(tx, 'participation.places_changed', { participationId }, options)
}
