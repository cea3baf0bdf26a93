import { and, eq, gt, inArray } from 'drizzle-orm'
import { markContactWithin } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing, Reach } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { suppressWaiting } from './contacts.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import type { FullMessage } from './message-queries.ts'
import { resendable } from './rules.ts'
import { messageSubjects, messages } from './schema.ts'
import { splitMessage } from './split-message.ts'

/**
 * Sends a failed message again, as a new row; the first row keeps its history. If the state is `unknown`, the receiver
 * may get the message twice; the actor decides.
 * @throws DomainError `message.not_resendable`, `message.too_late`, `message.repeated` when it was already sent again
 */
export async function retryMessage(
  tx: Writer,
  { message, subjects }: FullMessage,
  { by, at }: Doing,
): Promise<string> {
  const { state, expiresAt } = message
  if (!resendable.includes(state)) {
    throw new DomainError('conflict', 'message.not_resendable', 'This message did not fail.', { state })
  }
  if (expiresAt && expiresAt <= at) {
    throw new DomainError('conflict', 'message.too_late', 'The time of this message has passed.')
  }
  const later = await tx
    .select({ id: messages.id, part: messages.part, subject: messageSubjects.subject })
    .from(messages)
    .innerJoin(messageSubjects, eq(messageSubjects.messageId, messages.id))
    .where(and(sameKey(message), gt(messages.part, message.part)))
  const again = later.find(({ subject }) => subjects.includes(subject))
  if (again) {
    throw new DomainError('conflict', 'message.repeated', 'It was sent again already.', {
      messageId: again.id,
    })
  }
  const part = Math.max(message.part, ...later.map((each) => each.part)) + 1
  const { kind, contactId, eventId, groupKey, generation, channel, locale, lane, startsAt } = message
  const id = newId()
  await tx.insert(messages).values({
    ...{ kind, contactId, eventId, groupKey, generation, channel, locale, lane, expiresAt, startsAt },
    ...{ id, part, state: 'queued', notBefore: at, stateAt: at, createdAt: at },
  })
  // Only the subjects within the actor's reach.
  const named = await tx
    .select()
    .from(messageSubjects)
    .where(and(eq(messageSubjects.messageId, message.id), inArray(messageSubjects.subject, subjects)))
  await tx.insert(messageSubjects).values(named.map((each) => ({ ...each, messageId: id })))
  await record(tx, {
    action: 'message.retried',
    subject: `message:${message.id}`,
    by,
    at,
    details: { as: id },
  })
  await enqueueDelivery(tx, [at], at)
  return id
}

function sameKey({ kind, contactId, groupKey, generation, channel }: FullMessage['message']) {
  return and(
    eq(messages.kind, kind),
    eq(messages.contactId, contactId),
    eq(messages.groupKey, groupKey),
    eq(messages.generation, generation),
    eq(messages.channel, channel),
  )
}

/**
 * Cancels a queued message. Idempotent. If some subjects are out of reach, those within reach are split off into a new
 * message, and only the new one is cancelled.
 * @returns the id of the cancelled message
 * @throws DomainError `message.under_way` when it is being sent or was sent
 */
export async function cancelMessage(
  tx: Writer,
  { message, subjects, partial }: FullMessage,
  { by, at }: Doing,
): Promise<string> {
  const apart = partial && message.state === 'queued'
  const messageId = apart ? await splitMessage(tx, message, subjects, at) : message.id
  if (messageId === undefined) throw underWay('queued')
  const cancelled = await tx
    .update(messages)
    .set({ state: 'cancelled', reason: 'withdrawn', stateAt: at })
    .where(and(eq(messages.id, messageId), eq(messages.state, 'queued')))
    .returning({ id: messages.id })
  if (cancelled.length > 0) {
    await record(tx, { action: 'message.cancelled', subject: `message:${messageId}`, by, at })
    return messageId
  }
  const [known] = await tx.select({ state: messages.state }).from(messages).where(eq(messages.id, messageId))
  if (known?.state === 'cancelled') return messageId
  throw underWay(known?.state)
}

function underWay(state: string | undefined): DomainError {
  return new DomainError('conflict', 'message.under_way', 'It is being sent, or was.', { state })
}

/**
 * Opts a contact out of further messages. If all people who share the contact are within reach, the mark is on the
 * contact itself and its queued messages are suppressed; otherwise it is for the people within reach alone. Idempotent.
 * @throws DomainError `contact.missing`
 */
export async function optOut(
  tx: Writer,
  { contactId, reach, by, at }: Doing & { contactId: string; reach: Reach },
): Promise<void> {
  const { forAll } = await markContactWithin(tx, { contactId, reach, marks: { optedOut: true }, by, at })
  if (forAll) await suppressWaiting(tx, contactId, at)
}
