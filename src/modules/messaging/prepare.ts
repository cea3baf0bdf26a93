import { and, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events } from '#modules/events/schema.ts'
import type { ContactMark } from '#modules/organisation/index.ts'
import { contactMarks, contacts } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Message } from './claim.ts'
import { compose, type Told } from './compose.ts'
import type { MessagingContext } from './context.ts'
import type { KindDefinition } from './kinds.ts'
import { toHolders } from './pass-on.ts'
import type { Facts, Prepared } from './prepared.ts'
import type { MessageRequest } from './queue-messages.ts'
import { sendableFrom } from './rules.ts'
import { messageSubjects, messages, templates } from './schema.ts'
import type { Reason } from './words.ts'

/**
 * Checks each claimed message right before sending: expiry, quiet hours, contact, event, and whether its kind still has
 * something to tell. Then renders it. Reads committed data only.
 */
export async function prepare(
  context: MessagingContext,
  batch: readonly Message[],
  now: DateTime,
): Promise<Prepared[]> {
  const reader = context.db.read
  const facts = await factsOf(reader, batch)
  const ended = new Map<string, Prepared>()
  for (const message of batch) {
    const early = judged(context, message, facts, now)
    if (early) ended.set(message.id, early)
  }
  const remaining = batch.filter(({ id }) => !ended.has(id))
  const { values, passedOn } = await valuesOf(context, remaining, facts, now)
  return batch.map((message) => {
    const passOn = passedOn.get(message.id)
    if (passOn && !values.has(message.id))
      return { message, end: 'cancelled', reason: 'office_passed_on', passOn }
    const prepared = ended.get(message.id) ?? compose(context, message, facts, values.get(message.id))
    return passOn ? { ...prepared, passOn } : prepared
  })
}

async function factsOf(reader: Reader, batch: readonly Message[]): Promise<Facts> {
  const contactIds = [...new Set(batch.map(({ contactId }) => contactId))]
  const eventIds = [...new Set(batch.flatMap(({ eventId }) => eventId ?? []))]
  const kinds = [...new Set(batch.map(({ kind }) => kind))]
  const ids = batch.map(({ id }) => id)
  const contactRows = await reader.select().from(contacts).where(inArray(contacts.id, contactIds))
  const eventRows = await reader
    .select({ id: events.id, timeZone: events.timeZone })
    .from(events)
    .where(inArray(events.id, eventIds))
  const subjectRows = await reader
    .select({
      messageId: messageSubjects.messageId,
      subject: messageSubjects.subject,
      mark: contactMarks.mark,
    })
    .from(messageSubjects)
    .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
    .leftJoin(
      contactMarks,
      and(
        eq(contactMarks.personId, messageSubjects.personId),
        eq(contactMarks.contactId, messages.contactId),
      ),
    )
    .where(inArray(messageSubjects.messageId, ids))
    .orderBy(messageSubjects.messageId, messageSubjects.subject)
  const templateRows = await reader.select().from(templates).where(inArray(templates.kind, kinds))
  const subjects = new Map<string, Map<string, Set<ContactMark>>>()
  for (const { messageId, subject, mark } of subjectRows) {
    const ofMessage = subjects.get(messageId) ?? new Map<string, Set<ContactMark>>()
    subjects.set(messageId, ofMessage)
    const marks = ofMessage.get(subject) ?? new Set()
    ofMessage.set(subject, mark === null ? marks : marks.add(mark))
  }
  return {
    contacts: new Map(contactRows.map((row) => [row.id, row])),
    events: new Map(eventRows.map((row) => [row.id, row])),
    subjects,
    templates: new Map(templateRows.map((row) => [`${row.kind} ${row.channel}`, row])),
  }
}

/** The checks that need no call of the kind. */
function judged(
  { config, messaging }: MessagingContext,
  message: Message,
  facts: Facts,
  now: DateTime,
): Prepared | undefined {
  const kind = messaging.kinds.get(message.kind)
  const contact = facts.contacts.get(message.contactId)
  if (message.expiresAt && message.expiresAt <= now) return { message, end: 'expired', reason: 'too_late' }
  if (!kind) return { message, end: 'dead', reason: 'kind_unknown' }
  if (contact?.optedOutAt && !kind.atAnyHour) return { message, end: 'suppressed', reason: 'opted_out' }
  if (!contact || (contact.invalidAt && !kind.toAccounts))
    return { message, end: 'suppressed', reason: 'contact_invalid' }
  const lines = [...(facts.subjects.get(message.id)?.values() ?? [])]
  if (lines.length > 0 && lines.every((marks) => silencedBy(kind, marks)))
    return { message, end: 'suppressed', reason: silencedBy(kind, lines[0] as Set<ContactMark>) as Reason }
  if (kind.atAnyHour) return undefined
  const zone = (message.eventId && facts.events.get(message.eventId)?.timeZone) || config.timeZone
  const postponeTo = sendableFrom({
    now,
    zone,
    quiet: config.messages.quietHours,
    startsAt: message.startsAt,
  })
  if (postponeTo <= now) return undefined
  if (message.expiresAt && message.expiresAt <= postponeTo)
    return { message, end: 'expired', reason: 'too_late' }
  return { message, postponeTo }
}

/**
 * Why a person is not told whose number is marked for that person alone. Same rules as for marks on the contact itself.
 */
function silencedBy(kind: KindDefinition, marks: ReadonlySet<ContactMark>): Reason | undefined {
  if (marks.has('opted_out') && !kind.atAnyHour) return 'opted_out'
  return marks.has('invalid') && !kind.toAccounts ? 'contact_invalid' : undefined
}

interface Valued {
  /** A message without an entry has nothing to tell. */
  values: Map<string, Told>
  /** By message: what it would have told is for whoever holds the office now. */
  passedOn: Map<string, MessageRequest[]>
}

/** Calls `stillDue` and `readersOf` once per kind and `render` once per kind and language. */
async function valuesOf(
  { db, messaging }: MessagingContext,
  batch: readonly Message[],
  facts: Facts,
  now: DateTime,
): Promise<Valued> {
  const values = new Map<string, Told>()
  const passedOn = new Map<string, MessageRequest[]>()
  for (const [name, ofKind] of Map.groupBy(batch, ({ kind }) => kind)) {
    const kind = messaging.kinds.get(name) as KindDefinition
    const subjectsOf = ({ id }: Message) =>
      [...(facts.subjects.get(id) ?? [])].flatMap(([subject, marks]) =>
        silencedBy(kind, marks) ? [] : subject,
      )
    const due = await kind.stillDue(db.read, ofKind.flatMap(subjectsOf), now)
    const open = ofKind
      .map((message) => ({ message, subjects: subjectsOf(message).filter((subject) => due.has(subject)) }))
      .filter(({ subjects }) => subjects.length > 0)
    const held = await toHolders(db.read, kind, open)
    for (const { message, passOn } of held) if (passOn) passedOn.set(message.id, passOn)
    const telling = held.filter(({ subjects }) => subjects.length > 0)
    for (const [locale, told] of Map.groupBy(telling, ({ message }) => message.locale)) {
      const rendered = await kind.render(
        db.read,
        told.map(({ subjects }) => subjects),
        { locale, now },
      )
      for (const [at, { message, subjects }] of told.entries()) {
        const filling = rendered[at]
        const [first, ...more] = Array.isArray(filling) ? filling : filling ? [filling] : []
        if (first) values.set(message.id, { subjects, values: [first, ...more] })
      }
    }
  }
  return { values, passedOn }
}
