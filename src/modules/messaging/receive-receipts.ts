import { and, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { markContacts } from './contacts.ts'
import type { Receipt } from './providers/provider.ts'
import { statesBefore } from './rules.ts'
import { messageReceipts, messages } from './schema.ts'
import type { Channel, ProviderName } from './words.ts'

interface Received {
  provider: ProviderName
  /** What the provider carries: its receipts move nothing else. */
  channel: Channel
  receipts: readonly Receipt[]
  at: DateTime
}

/**
 * Stores every receipt and moves the messages they are about. Receipts arrive late, twice, in any order, and for
 * unknown ids. A message only moves forward; a receipt without effect is stored, too. A receipt with our id settles an
 * unknown outcome.
 */
export async function receiveReceipts(
  tx: Writer,
  { provider, channel, receipts, at }: Received,
): Promise<{ moved: number }> {
  let moved = 0
  for (const receipt of receipts) {
    const message = await messageOf(tx, { provider, channel }, receipt)
    const moves = message ? await moveForward(tx, message.id, provider, receipt, at) : false
    if (moves) moved++
    await tx.insert(messageReceipts).values({
      id: newId(),
      messageId: message?.id ?? null,
      provider,
      providerId: receipt.providerId,
      status: receipt.status,
      providerCode: receipt.code,
      moved: moves,
      receivedAt: at,
    })
    if (message && receipt.contact) await markContacts(tx, [message.contactId], receipt.contact, at)
  }
  return { moved }
}

/** Finds the message by our own id if the provider returns it, else by the provider's id. */
async function messageOf(
  tx: Writer,
  { provider, channel }: Pick<Received, 'provider' | 'channel'>,
  { messageId, providerId }: Receipt,
) {
  const columns = { id: messages.id, contactId: messages.contactId }
  if (messageId) {
    const [own] = await tx
      .select(columns)
      .from(messages)
      .where(and(eq(messages.id, messageId), eq(messages.channel, channel)))
    if (own) return own
  }
  if (!providerId) return undefined
  const [theirs] = await tx
    .select(columns)
    .from(messages)
    .where(and(eq(messages.provider, provider), eq(messages.providerId, providerId)))
  return theirs
}

async function moveForward(
  tx: Writer,
  id: string,
  provider: ProviderName,
  { state, code, providerId }: Receipt,
  at: DateTime,
): Promise<boolean> {
  if (!state) return false
  const failed = state === 'undelivered'
  const moved = await tx
    .update(messages)
    .set({
      state,
      reason: failed ? 'not_delivered' : null,
      providerCode: code,
      provider,
      ...(providerId && { providerId }),
      stateAt: at,
    })
    .where(and(eq(messages.id, id), inArray(messages.state, statesBefore(state))))
    .returning({ id: messages.id })
  return moved.length > 0
}
