import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Reader, Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import { sendingHolds } from './schema.ts'
import type { ProviderName, Reason } from './words.ts'

export type Hold = typeof sendingHolds.$inferSelect

/** Holds a provider after a failure: nothing is sent through it until a person releases the hold. */
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

/** Holds the queued messages of an event. Messages that are being sent are finished. Idempotent. */
export async function holdEvent(
  tx: Writer,
  { eventId, by, at }: { eventId: string; by: string; at: DateTime },
): Promise<void> {
  await tx
    .insert(sendingHolds)
    .values({ id: newId(), target: `event:${eventId}`, eventId, heldBy: by, heldAt: at })
    .onConflictDoNothing()
}

/** Releases a hold on `event:ID` or `provider:NAME` and enqueues a delivery. @returns false when there was none */
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

/** The open hold on a target; empty when there is none. */
export function openHold(reader: Reader, target: string): Promise<Hold[]> {
  return reader
    .select()
    .from(sendingHolds)
    .where(and(eq(sendingHolds.target, target), isNull(sendingHolds.releasedAt)))
}
