import { and, desc, eq, exists, inArray, isNull, sql } from 'drizzle-orm'
import { personsWithin } from '#modules/organisation/index.ts'
import { contacts, persons } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { messageReceipts, messageSubjects, messages, sendingHolds } from './schema.ts'
import type { MessageState } from './words.ts'

export interface FullMessage {
  message: typeof messages.$inferSelect
  contact: { id: string; kind: 'phone' | 'email'; value: string }
  /** The subjects about people within reach. */
  subjects: string[]
  /** Whether the message has other subjects, too. */
  partial: boolean
}

export interface MessageFilter {
  state?: MessageState | undefined
  kind?: string | undefined
  eventId?: string | undefined
  contactId?: string | undefined
  subject?: string | undefined
  cursor?: string | undefined
  limit?: number | undefined
}

/**
 * SQL condition: messages about a person within reach. The contact is not considered: otherwise adding a stranger's
 * number to a person would show what the stranger is told.
 */
function messagesWithin(reader: Reader, reach: Reach) {
  const within = personsWithin(reader, reach)
  if (!within) return undefined
  return exists(
    reader
      .select({ one: sql`1` })
      .from(messageSubjects)
      .innerJoin(persons, eq(persons.id, messageSubjects.personId))
      .where(and(eq(messageSubjects.messageId, messages.id), within)),
  )
}

/** SQL condition: the message has this subject, and its person is within reach. */
function namesSubject(reader: Reader, reach: Reach, subject: string) {
  return inArray(
    messages.id,
    reader
      .select({ id: messageSubjects.messageId })
      .from(messageSubjects)
      .leftJoin(persons, eq(persons.id, messageSubjects.personId))
      .where(and(eq(messageSubjects.subject, subject), personsWithin(reader, reach))),
  )
}

function selectMessages(reader: Reader) {
  return reader
    .select({ message: messages, contact: { id: contacts.id, kind: contacts.kind, value: contacts.value } })
    .from(messages)
    .innerJoin(contacts, eq(contacts.id, messages.contactId))
}

/** A keyset page of messages, newest first. Two statements in all, for any number of messages. */
export async function listMessages(reader: Reader, reach: Reach, filter: MessageFilter) {
  const { state, kind, eventId, contactId, subject, cursor, limit = 50 } = filter
  const rows = await selectMessages(reader)
    .where(
      and(
        state && eq(messages.state, state),
        kind ? eq(messages.kind, kind) : undefined,
        eventId ? eq(messages.eventId, eventId) : undefined,
        contactId ? eq(messages.contactId, contactId) : undefined,
        subject ? namesSubject(reader, reach, subject) : undefined,
        messagesWithin(reader, reach),
        after([messages.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(messages.id))
    .limit(limit + 1)
  const { items, nextCursor } = pageOf(rows, limit, ({ message }) => [message.id])
  return { items: await withSubjects(reader, reach, items), nextCursor }
}

/** One message. @throws DomainError `message.missing`, also when out of reach */
export async function readMessage(reader: Reader, reach: Reach, messageId: string): Promise<FullMessage> {
  const rows = await selectMessages(reader).where(
    and(eq(messages.id, messageId), messagesWithin(reader, reach)),
  )
  const [found] = await withSubjects(reader, reach, rows)
  if (!found) throw new DomainError('missing', 'message.missing', 'There is no such message.', { messageId })
  return found
}

async function withSubjects(
  reader: Reader,
  reach: Reach,
  rows: readonly Omit<FullMessage, 'subjects' | 'partial'>[],
): Promise<FullMessage[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ message }) => message.id)
  const within = personsWithin(reader, reach)
  const named = await reader
    .select({
      messageId: messageSubjects.messageId,
      subject: messageSubjects.subject,
      seen: within
        ? sql<number>`case when ${within} then 1 else 0 end`.mapWith(Number)
        : sql<number>`1`.mapWith(Number),
    })
    .from(messageSubjects)
    .leftJoin(persons, eq(persons.id, messageSubjects.personId))
    .where(inArray(messageSubjects.messageId, ids))
    .orderBy(messageSubjects.messageId, messageSubjects.subject)
  const lines = Map.groupBy(named, ({ messageId }) => messageId)
  return rows.map((row) => {
    const all = lines.get(row.message.id) ?? []
    const subjects = all.flatMap(({ subject, seen }) => (seen === 1 ? subject : []))
    return { ...row, subjects, partial: subjects.length < all.length }
  })
}

/** The receipts of a message in order of arrival. */
export function listReceipts(reader: Reader, messageId: string) {
  return reader
    .select()
    .from(messageReceipts)
    .where(eq(messageReceipts.messageId, messageId))
    .orderBy(messageReceipts.id)
}

/** The open holds. */
export function listHolds(reader: Reader) {
  return reader.select().from(sendingHolds).where(isNull(sendingHolds.releasedAt)).orderBy(sendingHolds.id)
}
