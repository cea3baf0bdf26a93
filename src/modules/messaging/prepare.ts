import { inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events } from '#modules/events/schema.ts'
import { contacts } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Message } from './claim.ts'
import { compose, type Told } from './compose.ts'
import type { MessagingContext } from './context.ts'
import type { KindDefinition } from './kinds.ts'
import type { Outgoing, Provider } from './providers/provider.ts'
import { afterQuietHours } from './rules.ts'
import { messageSubjects, templates } from './schema.ts'
import type { Reason } from './words.ts'

/** What is to become of a claimed message: handed over, put off, told in two, or not sent at all. */
export type Prepared =
  | { message: Message; send: Outgoing; provider: Provider; segments: number }
  | { message: Message; postponeTo: DateTime }
  | { message: Message; apart: readonly string[] }
  | { message: Message; end: 'expired' | 'suppressed' | 'cancelled' | 'dead'; reason: Reason }

/**
 * Looks at each message once more, right before it is sent: its time, its contact, its event, and whether the slice
 * that caused it still has something to tell. Then has that slice fill the template. Reads only committed data.
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
  const values = await valuesOf(context, remaining, facts, now)
  return batch.map(
    (message) => ended.get(message.id) ?? compose(context, message, facts, values.get(message.id)),
  )
}

/** What is known of a batch before any kind is asked. */
export interface Facts {
  contacts: Map<string, typeof contacts.$inferSelect>
  events: Map<string, { timeZone: string }>
  subjects: Map<string, string[]>
  templates: Map<string, typeof templates.$inferSelect>
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
    .select()
    .from(messageSubjects)
    .where(inArray(messageSubjects.messageId, ids))
    .orderBy(messageSubjects.messageId, messageSubjects.subject)
  const templateRows = await reader.select().from(templates).where(inArray(templates.kind, kinds))
  const subjects = new Map<string, string[]>()
  for (const { messageId, subject } of subjectRows) {
    const known = subjects.get(messageId)
    if (known) known.push(subject)
    else subjects.set(messageId, [subject])
  }
  return {
    contacts: new Map(contactRows.map((row) => [row.id, row])),
    events: new Map(eventRows.map((row) => [row.id, row])),
    subjects,
    templates: new Map(templateRows.map((row) => [`${row.kind} ${row.channel}`, row])),
  }
}

/** What can be said without asking the causing slice. */
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
  if (!contact || contact.invalidAt) return { message, end: 'suppressed', reason: 'contact_invalid' }
  if (kind.atAnyHour) return undefined
  const zone = (message.eventId && facts.events.get(message.eventId)?.timeZone) || config.timeZone
  const postponeTo = afterQuietHours(now, zone, config.messages.quietHours)
  if (postponeTo <= now) return undefined
  if (message.expiresAt && message.expiresAt <= postponeTo)
    return { message, end: 'expired', reason: 'too_late' }
  return { message, postponeTo }
}

/** Asks each kind once which subjects are still due, and once for each language what is to be told. Who is not in the answer has nothing to be told. */
async function valuesOf(
  { db, messaging }: MessagingContext,
  batch: readonly Message[],
  facts: Facts,
  now: DateTime,
): Promise<Map<string, Told>> {
  const values = new Map<string, Told>()
  for (const [name, ofKind] of Map.groupBy(batch, ({ kind }) => kind)) {
    const kind = messaging.kinds.get(name) as KindDefinition
    const subjectsOf = ({ id }: Message) => facts.subjects.get(id) ?? []
    const due = await kind.stillDue(db.read, ofKind.flatMap(subjectsOf), now)
    for (const [locale, ofLocale] of Map.groupBy(ofKind, (message) => message.locale)) {
      const told = ofLocale
        .map((message) => ({ message, subjects: subjectsOf(message).filter((subject) => due.has(subject)) }))
        .filter(({ subjects }) => subjects.length > 0)
      if (told.length === 0) continue
      const rendered = await kind.render(
        db.read,
        told.map(({ subjects }) => subjects),
        { locale, now },
      )
      for (const [at, { message, subjects }] of told.entries()) {
        const filling = rendered[at]
        if (filling) values.set(message.id, { subjects, values: filling })
      }
    }
  }
  return values
}
