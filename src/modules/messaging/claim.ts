import { and, asc, eq, inArray, isNull, lte, notInArray, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { skippingLocked } from '#platform/database/dialect.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { messages, sendingHolds } from './schema.ts'
import type { Channel, ProviderName } from './words.ts'

export type Message = typeof messages.$inferSelect

export interface Claim {
  id: string
  now: DateTime
  leaseUntil: DateTime
  max: number
  /** Who carries which channel now. */
  carriers: Readonly<Record<Channel, ProviderName>>
}

/**
 * Takes the messages that are due, most urgent first, and says of each, durably, that it is being sent: from here on
 * nobody else sends it, and after a crash it counts as unknown. Held events and providers are passed over.
 */
export async function claimDue(tx: Writer, claim: Claim): Promise<Message[]> {
  const { eventIds, providers } = await openHolds(tx)
  const channels = (Object.keys(claim.carriers) as Channel[]).filter(
    (channel) => !providers.includes(claim.carriers[channel]),
  )
  if (channels.length === 0) return []
  const due = tx
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.state, sql`'queued'`),
        lte(messages.notBefore, claim.now),
        inArray(messages.channel, channels),
        eventIds.length > 0
          ? or(isNull(messages.eventId), notInArray(messages.eventId, eventIds))
          : undefined,
      ),
    )
    .orderBy(asc(messages.lane), asc(messages.notBefore), asc(messages.id))
    .limit(claim.max)
  const found = await skippingLocked(due.$dynamic())
  if (found.length === 0) return []
  return tx
    .update(messages)
    .set({
      state: 'sending',
      claim: claim.id,
      leaseUntil: claim.leaseUntil,
      stateAt: claim.now,
      attempts: sql`${messages.attempts} + 1`,
    })
    .where(
      inArray(
        messages.id,
        found.map(({ id }) => id),
      ),
    )
    .returning()
}

/** What must not be sent at this moment. */
export async function openHolds(reader: Reader): Promise<{ eventIds: string[]; providers: ProviderName[] }> {
  const holds = await reader
    .select({ eventId: sendingHolds.eventId, provider: sendingHolds.provider })
    .from(sendingHolds)
    .where(isNull(sendingHolds.releasedAt))
  return {
    eventIds: holds.flatMap(({ eventId }) => eventId ?? []),
    providers: holds.flatMap(({ provider }) => provider ?? []),
  }
}
