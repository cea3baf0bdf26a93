import { and, eq, gt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { markContact } from '#modules/organisation/index.ts'
import { type AuditActor, record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { suppressWaiting } from './contacts.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import type { FullMessage } from './message-queries.ts'
import { resendable } from './rules.ts'
import { messageSubjects, messages } from './schema.ts'

interface Doing {
  by: AuditActor
  at: DateTime
}

/**
 * Sends a message again that failed, in a row of its own: what happened to the first stays on record. Of an `unknown`
 * one the receiver may get two, which is for the person to weigh.
 * @throws DomainError `message.not_resendable`, `message.too_late`, `message.repeated` when it was sent again already
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
  const { kind, contactId, eventId, groupKey, generation, channel, locale, lane } = message
  const id = newId()
  await tx.insert(messages).values({
    ...{ kind, contactId, eventId, groupKey, generation, channel, locale, lane, expiresAt },
    ...{ id, part, state: 'queued', notBefore: at, stateAt: at, createdAt: at },
  })
  await tx.insert(messageSubjects).values(subjects.map((subject) => ({ messageId: id, subject })))
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
 * Cancels one message that still waits. Idempotent.
 * @throws DomainError `message.under_way` when it is being sent or was
 */
export async function cancelMessage(tx: Writer, messageId: string, { by, at }: Doing): Promise<void> {
  const cancelled = await tx
    .update(messages)
    .set({ state: 'cancelled', reason: 'withdrawn', stateAt: at })
    .where(and(eq(messages.id, messageId), eq(messages.state, 'queued')))
    .returning({ id: messages.id })
  if (cancelled.length > 0) {
    await record(tx, { action: 'message.cancelled', subject: `message:${messageId}`, by, at })
    return
  }
  const [known] = await tx.select({ state: messages.state }).from(messages).where(eq(messages.id, messageId))
  if (known?.state === 'cancelled') return
  throw new DomainError('conflict', 'message.under_way', 'It is being sent, or was.', { state: known?.state })
}

/** Whoever answers at this number wants no more messages: nothing that waits for it is sent. Idempotent. */
export async function optOut(tx: Writer, contactId: string, { by, at }: Doing): Promise<void> {
  await markContact(tx, { contactId, marks: { optedOut: true }, by, at })
  await suppressWaiting(tx, contactId, at)
}
