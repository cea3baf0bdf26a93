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
  /** The current provider of each channel. */
  carriers: Readonly<Record<Channel, ProviderName>>
}

/**
 * Claims the due messages, highest lane first, and sets them to `sending` in this transaction, so that no other process
 * sends them. Messages of held events and held providers are skipped.
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
      handedOverAt: null,
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

/** The open holds: events and providers for which nothing may be sent now. */
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
