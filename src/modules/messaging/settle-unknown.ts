import { and, asc, eq, inArray, isNotNull, lte, notInArray, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { inChunks, type Writer } from '#platform/database/port.ts'
import type { MessagingContext } from './context.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import { providerNamed } from './messaging.ts'
import { messages } from './schema.ts'
import type { ProviderName } from './words.ts'

/** Looked up in one run. */
const lookupMax = 2_000

/**
 * Messages whose sender died or lost the database in the middle: whether they were sent is unknown. They are never
 * put back blindly. A provider that can look them up settles them: sent, or certainly never taken and then queued
 * again. The others wait for a receipt, or for a person.
 */
export async function settleUnknown(context: MessagingContext): Promise<void> {
  const { db, log, messaging } = context
  const now = context.now()
  const lost = await db.transaction((tx) => endLeases(tx, [...messaging.underWay], now), {
    isolation: 'statement',
  })
  if (lost > 0) log.warn({ messages: lost }, 'messages with an unknown outcome')
  for (const provider of new Set(Object.values(messaging.providers))) {
    await lookUp(context, provider.name, now)
  }
  await db.transaction((tx) => remindOfDue(tx, now), { isolation: 'statement' })
}

/** A lease that ended means unknown, unless this very process is still sending under it. */
async function endLeases(tx: Writer, underWay: string[], now: DateTime): Promise<number> {
  const ended = await tx
    .update(messages)
    .set({ state: 'unknown', reason: 'no_answer', leaseUntil: null, stateAt: now })
    .where(
      and(
        eq(messages.state, sql`'sending'`),
        lte(messages.leaseUntil, now),
        underWay.length > 0 ? notInArray(messages.claim, underWay) : undefined,
      ),
    )
    .returning({ id: messages.id })
  return ended.length
}

async function lookUp(context: MessagingContext, name: ProviderName, now: DateTime): Promise<void> {
  const provider = providerNamed(context.messaging, name)
  if (!provider?.lookup) return
  const { db, log, messaging } = context
  const channels = (['sms', 'email'] as const).filter((channel) => messaging.providers[channel] === provider)
  const unknown = await db.read
    .select({ messageId: messages.id, since: messages.stateAt, claim: messages.claim })
    .from(messages)
    .where(
      and(
        eq(messages.state, sql`'unknown'`),
        inArray(messages.channel, channels),
        // A message that another provider had is not this one's to judge.
        sql`coalesce(${messages.provider}, ${name}) = ${name}`,
        isNotNull(messages.claim),
      ),
    )
    .orderBy(asc(messages.stateAt))
    .limit(lookupMax)
  if (unknown.length === 0) return
  const found = await provider.lookup(unknown)
  const was = (what: 'sent' | 'absent') =>
    unknown.flatMap(({ messageId }) => (found.get(messageId) === what ? [messageId] : []))
  await db.transaction(
    async (tx) => {
      await move(tx, was('sent'), { state: 'sent', reason: null, provider: name, stateAt: now })
      await move(tx, was('absent'), { state: 'queued', reason: null, claim: null, stateAt: now })
    },
    { isolation: 'statement' },
  )
  log.info({ sent: was('sent').length, absent: was('absent').length }, 'unknown messages looked up')
}

async function move(tx: Writer, ids: string[], set: Partial<typeof messages.$inferInsert>): Promise<void> {
  await inChunks(ids, 200, (some) =>
    tx
      .update(messages)
      .set(set)
      .where(and(inArray(messages.id, some), eq(messages.state, 'unknown'))),
  )
}

/** Whatever is due is looked at again: the net under every moment that was missed. */
async function remindOfDue(tx: Writer, now: DateTime): Promise<void> {
  const [due] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.state, sql`'queued'`), lte(messages.notBefore, now)))
    .limit(1)
  if (due) await enqueueDelivery(tx, [now], now)
}
