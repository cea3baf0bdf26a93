import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Reader, Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import { sendingHolds } from './schema.ts'
import type { ProviderName, Reason } from './words.ts'

export type Hold = typeof sendingHolds.$inferSelect

/** Stops a provider by itself: nothing is sent through it until somebody mended it and says so. */
export async function holdProvider(
  tx: Writer,
  by: { provider: ProviderName; reason: Reason; providerCode: string | null; at: DateTime },
): Promise<void> {
  const { provider, reason, providerCode, at } = by
  await tx
    .insert(sendingHolds)
    .values({ id: newId(), target: `provider:${provider}`, provider, reason, providerCode, heldAt: at })
    .onConflictDoNothing()
}

/** Stops what waits for an event. Nothing that waits is lost, and what is being sent is finished. Idempotent. */
export async function holdEvent(
  tx: Writer,
  { eventId, by, at }: { eventId: string; by: string; at: DateTime },
): Promise<void> {
  await tx
    .insert(sendingHolds)
    .values({ id: newId(), target: `event:${eventId}`, eventId, heldBy: by, heldAt: at })
    .onConflictDoNothing()
}

/** Lets go again: `event:ID` or `provider:NAME`. False when nothing was held. */
export async function release(
  tx: Writer,
  { target, by, at }: { target: string; by: string; at: DateTime },
): Promise<boolean> {
  const released = await tx
    .update(sendingHolds)
    .set({ releasedAt: at, releasedBy: by })
    .where(and(eq(sendingHolds.target, target), isNull(sendingHolds.releasedAt)))
    .returning({ id: sendingHolds.id })
  if (released.length > 0) await enqueueDelivery(tx, [at], at)
  return released.length > 0
}

export function openHold(reader: Reader, target: string): Promise<Hold[]> {
  return reader
    .select()
    .from(sendingHolds)
    .where(and(eq(sendingHolds.target, target), isNull(sendingHolds.releasedAt)))
}
