import { and, asc, eq, inArray, isNotNull, isNull, lte, notInArray, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { contacts } from '#modules/organisation/schema.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { eachApart } from '#platform/jobs/each-apart.ts'
import { numberOf } from './compose.ts'
import type { MessagingContext } from './context.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import { providerNamed } from './messaging.ts'
import type { Unknown } from './providers/provider.ts'
import { attemptsMax } from './rules.ts'
import { messages } from './schema.ts'
import type { ProviderName } from './words.ts'

/** Maximum number of messages looked up in one run. */
const lookupMax = 2_000

/**
 * Decides about messages whose sending process died or lost the database. Those never handed over are queued again; the
 * rest are `unknown`. A provider with `lookup` settles them (sent, or never taken and queued again); a `repeatable`
 * provider sends them again. The others wait for a receipt or for a person.
 */
export async function settleUnknown(context: MessagingContext): Promise<void> {
  const { db, log, messaging } = context
  const now = context.now()
  const lost = await db.transaction((tx) => endLeases(tx, [...messaging.underWay], now), {
    isolation: 'statement',
  })
  if (lost > 0) log.warn({ messages: lost }, 'messages with an unknown outcome')
  const providers = new Set(Object.values(messaging.providers))
  const lookUps = [...providers].map(
    ({ name }) =>
      () =>
        lookUp(context, name, now),
  )
  const remind = () => db.transaction((tx) => remindOfDue(tx, now), { isolation: 'statement' })
  await eachApart([...lookUps, remind], (each) => each())
}

/**
 * Ends expired leases: messages that were handed over become `unknown`, the others are queued again. Claims that this
 * process is still sending are skipped.
 */
async function endLeases(tx: Writer, underWay: string[], now: DateTime): Promise<number> {
  const ended = and(
    eq(messages.state, sql`'sending'`),
    lte(messages.leaseUntil, now),
    underWay.length > 0 ? notInArray(messages.claim, underWay) : undefined,
  )
  const waiting = { state: 'queued', claim: null, attempts: sql`${messages.attempts} - 1` } as const
  await tx
    .update(messages)
    .set({ ...waiting, leaseUntil: null, stateAt: now })
    .where(and(ended, isNull(messages.handedOverAt)))
  const unknown = await tx
    .update(messages)
    .set({ state: 'unknown', reason: 'no_answer', leaseUntil: null, stateAt: now })
    .where(ended)
    .returning({ id: messages.id })
  return unknown.length
}

async function lookUp(context: MessagingContext, name: ProviderName, now: DateTime): Promise<void> {
  const provider = providerNamed(context.messaging, name)
  if (!provider?.lookup && !provider?.repeatable) return
  const { db, log, messaging } = context
  const channels = (['sms', 'email'] as const).filter((channel) => messaging.providers[channel] === provider)
  const rows = await db.read
    .select({
      messageId: messages.id,
      contactId: messages.contactId,
      since: sql`coalesce(${messages.handedOverAt}, ${messages.stateAt})`.mapWith(messages.stateAt),
      attempts: messages.attempts,
    })
    .from(messages)
    .where(
      and(
        eq(messages.state, sql`'unknown'`),
        inArray(messages.channel, channels),
        // Skip messages that another provider was given.
        sql`coalesce(${messages.provider}, ${name}) = ${name}`,
        isNotNull(messages.claim),
        lte(messages.stateAt, now.minus({ minutes: provider.settlesAfterMinutes ?? 0 })),
      ),
    )
    .orderBy(asc(messages.stateAt))
    .limit(lookupMax)
  if (rows.length === 0) return
  const found = provider.lookup
    ? await provider.lookup(await describe(context, rows))
    : new Map(
        rows.flatMap(({ messageId, attempts }) => (attempts < attemptsMax ? [[messageId, 'absent']] : [])),
      )
  const was = (what: 'sent' | 'absent') =>
    rows.flatMap(({ messageId }) => (found.get(messageId) === what ? [messageId] : []))
  await db.transaction(
    async (tx) => {
      await move(tx, was('sent'), { state: 'sent', reason: null, provider: name, stateAt: now })
      await move(tx, was('absent'), { state: 'queued', reason: null, claim: null, stateAt: now })
    },
    { isolation: 'statement' },
  )
  log.info({ sent: was('sent').length, absent: was('absent').length }, 'unknown messages looked up')
}

/** The data a provider needs to find the messages: the number, and the provider's ids of other messages to it. */
async function describe(
  { db, keys }: MessagingContext,
  rows: readonly { messageId: string; contactId: string; since: DateTime }[],
): Promise<Unknown[]> {
  const contactIds = [...new Set(rows.map(({ contactId }) => contactId))]
  const numbers = new Map<string, string>()
  const others = new Map<string, string[]>()
  await inChunks(contactIds, 200, async (some) => {
    const found = await db.read.select().from(contacts).where(inArray(contacts.id, some))
    for (const contact of found) numbers.set(contact.id, numberOf(keys, contact) ?? '')
    const known = await db.read
      .select({ contactId: messages.contactId, providerId: messages.providerId })
      .from(messages)
      .where(and(inArray(messages.contactId, some), isNotNull(messages.providerId)))
    for (const { contactId, providerId } of known) {
      others.set(contactId, [...(others.get(contactId) ?? []), providerId as string])
    }
  })
  return rows.map(({ messageId, contactId, since }) => {
    return { messageId, since, to: numbers.get(contactId) ?? '', otherIds: others.get(contactId) ?? [] }
  })
}

async function move(tx: Writer, ids: string[], set: Partial<typeof messages.$inferInsert>): Promise<void> {
  await inChunks(ids, 200, (some) =>
    tx
      .update(messages)
      .set(set)
      .where(and(inArray(messages.id, some), eq(messages.state, 'unknown'))),
  )
}

/** Enqueues a delivery when messages are overdue: the fallback for a delivery job that was lost. */
async function remindOfDue(tx: Writer, now: DateTime): Promise<void> {
  const [due] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.state, sql`'queued'`), lte(messages.notBefore, now)))
    .limit(1)
  if (due) await enqueueDelivery(tx, [now], now)
}
