import { and, desc, eq, exists, inArray, isNull, sql } from 'drizzle-orm'
import { personsWithin } from '#modules/organisation/index.ts'
import { contacts, personContacts, persons } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { messageReceipts, messageSubjects, messages, sendingHolds } from './schema.ts'
import type { MessageState } from './words.ts'

export interface FullMessage {
  message: typeof messages.$inferSelect
  contact: { id: string; kind: 'phone' | 'email'; value: string }
  subjects: string[]
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

/** Messages to whoever the reach covers; a number that is shared is seen through any of its people. */
function messagesWithin(reader: Reader, reach: Reach) {
  const within = personsWithin(reader, reach)
  if (!within) return undefined
  return exists(
    reader
      .select({ one: sql`1` })
      .from(personContacts)
      .innerJoin(persons, eq(persons.id, personContacts.personId))
      .where(and(eq(personContacts.contactId, messages.contactId), within)),
  )
}

function namesSubject(reader: Reader, subject: string) {
  return inArray(
    messages.id,
    reader
      .select({ id: messageSubjects.messageId })
      .from(messageSubjects)
      .where(eq(messageSubjects.subject, subject)),
  )
}

function selectMessages(reader: Reader) {
  return reader
    .select({ message: messages, contact: { id: contacts.id, kind: contacts.kind, value: contacts.value } })
    .from(messages)
    .innerJoin(contacts, eq(contacts.id, messages.contactId))
}

/** The latest first. Two statements, however many there are. */
export async function listMessages(reader: Reader, reach: Reach, filter: MessageFilter) {
  const { state, kind, eventId, contactId, subject, cursor, limit = 50 } = filter
  const rows = await selectMessages(reader)
    .where(
      and(
        state && eq(messages.state, state),
        kind ? eq(messages.kind, kind) : undefined,
        eventId ? eq(messages.eventId, eventId) : undefined,
        contactId ? eq(messages.contactId, contactId) : undefined,
        subject ? namesSubject(reader, subject) : undefined,
        messagesWithin(reader, reach),
        after([messages.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(messages.id))
    .limit(limit + 1)
  const { items, nextCursor } = pageOf(rows, limit, ({ message }) => [message.id])
  return { items: await withSubjects(reader, items), nextCursor }
}

/** @throws DomainError `message.missing` when there is none, or it is out of reach */
export async function readMessage(reader: Reader, reach: Reach, messageId: string): Promise<FullMessage> {
  const rows = await selectMessages(reader).where(
    and(eq(messages.id, messageId), messagesWithin(reader, reach)),
  )
  const [found] = await withSubjects(reader, rows)
  if (!found) throw new DomainError('missing', 'message.missing', 'There is no such message.', { messageId })
  return found
}

async function withSubjects(
  reader: Reader,
  rows: readonly Omit<FullMessage, 'subjects'>[],
): Promise<FullMessage[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ message }) => message.id)
  const named = await reader
    .select()
    .from(messageSubjects)
    .where(inArray(messageSubjects.messageId, ids))
    .orderBy(messageSubjects.messageId, messageSubjects.subject)
  const subjects = Map.groupBy(named, ({ messageId }) => messageId)
  return rows.map((row) => ({
    ...row,
    subjects: (subjects.get(row.message.id) ?? []).map(({ subject }) => subject),
  }))
}

/** In the order they came. */
export function listReceipts(reader: Reader, messageId: string) {
  return reader
    .select()
    .from(messageReceipts)
    .where(eq(messageReceipts.messageId, messageId))
    .orderBy(messageReceipts.id)
}

export function listHolds(reader: Reader) {
  return reader.select().from(sendingHolds).where(isNull(sendingHolds.releasedAt)).orderBy(sendingHolds.id)
}
