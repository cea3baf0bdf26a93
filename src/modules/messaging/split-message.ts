import { and, eq, inArray, max } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import type { Message } from './claim.ts'
import { messageSubjects, messages } from './schema.ts'

/**
 * Moves some subjects of a message into a new message, because one text cannot name them all. A subject is in exactly
 * one of the two, so nobody is told twice.
 * @returns the id of the new message; undefined when another process created this part at the same time (nothing
 *   changed)
 */
export async function splitMessage(
  tx: Writer,
  message: Message,
  apart: readonly string[],
  at: DateTime,
): Promise<string | undefined> {
  const { kind, contactId, eventId, groupKey, generation, channel, locale, lane, expiresAt, startsAt } =
    message
  const sameKey = and(
    eq(messages.kind, kind),
    eq(messages.contactId, contactId),
    eq(messages.groupKey, groupKey),
    eq(messages.generation, generation),
    eq(messages.channel, channel),
  )
  const [last] = await tx
    .select({ part: max(messages.part) })
    .from(messages)
    .where(sameKey)
  const id = newId()
  const made = await tx
    .insert(messages)
    .values({
      ...{ id, kind, contactId, eventId, groupKey, generation, channel, locale, lane, expiresAt, startsAt },
      ...{ part: (last?.part ?? 0) + 1, state: 'queued', notBefore: at, stateAt: at, createdAt: at },
    })
    .onConflictDoNothing()
    .returning({ id: messages.id })
  if (made.length === 0) return undefined
  await tx
    .update(messageSubjects)
    .set({ messageId: id })
    .where(and(eq(messageSubjects.messageId, message.id), inArray(messageSubjects.subject, [...apart])))
  return id
}
