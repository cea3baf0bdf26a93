import { eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { users } from '#modules/accounts/schema.ts'
import { type MessageRequest, queueMessages, subjectKinds } from '#modules/messaging/index.ts'
import { contactsFor } from '#modules/mobilization/index.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { lateEntries } from '../schema.ts'
import type { LateEntry } from './ask.ts'
import { askedAt } from './deciders.ts'

/** The subject of messages about a late entry. */
export const { subject, subjectId } = subjectKinds('late_entry')

/** Stored names of the kinds of message. */
export const lateKinds = { asked: 'late_entry_asked', decided: 'late_entry_decided' } as const

/**
 * Tells the people who may decide at this level that an entry waits for them: the leader, the person in charge, the
 * liaison. Offices have their list. Entries of one event join in one message while it waits. Idempotent.
 */
export async function tellAsked(
  tx: Writer,
  { lateEntryId, step, at }: { lateEntryId: string; step: number; at: DateTime },
): Promise<void> {
  const entry = await entryRow(tx, lateEntryId)
  if (entry.decidedAt || entry.step !== step) return
  const userIds = await askedAt(tx, entry, step)
  const personIds = await peopleOf(tx, userIds ?? [])
  await queue(tx, await contactsOf(tx, personIds), {
    ...{ kind: lateKinds.asked, groupKey: `late_entries:${entry.eventId}:${step}` },
    ...{ entry, about: await personOfEntry(tx, entry), at },
  })
}

/** Tells whoever asked what was decided: the person, or the leader who entered it. Idempotent. */
export async function tellDecided(
  tx: Writer,
  { lateEntryId, at }: { lateEntryId: string; at: DateTime },
): Promise<void> {
  const entry = await entryRow(tx, lateEntryId)
  if (!entry.decidedAt) return
  const about = await personOfEntry(tx, entry)
  const contactIds = await toldOfDecision(tx, entry, about)
  const groupKey = `late_entry:${lateEntryId}`
  await queue(tx, contactIds, { kind: lateKinds.decided, groupKey, entry, about, at })
}

/** Where whoever asked is written to now: the person whom the entry is about, or the leader who entered it. */
export async function toldOfDecision(
  db: Reader,
  { askedByUserId }: LateEntry,
  personId: string,
): Promise<string[]> {
  return contactsOf(db, askedByUserId ? await peopleOf(db, [askedByUserId]) : [personId])
}

async function contactsOf(db: Reader, personIds: readonly string[]): Promise<string[]> {
  const contacts = await contactsFor(
    db,
    personIds.map((personId) => ({ personId, minor: false })),
  )
  return [...contacts.values()].map(({ contactId }) => contactId)
}

interface Telling {
  kind: string
  groupKey: string
  entry: LateEntry
  /** The person the entry is about. */
  about: string
  at: DateTime
}

async function queue(tx: Writer, contactIds: readonly string[], telling: Telling): Promise<void> {
  const { kind, groupKey, entry, about, at } = telling
  const requests = contactIds.map((contactId): MessageRequest => {
    const subjects = [{ subject: subject('late_entry', entry.id), personId: about }]
    return { kind, contactId, groupKey, subjects, generation: 1, eventId: entry.eventId, lane: 'change' }
  })
  await queueMessages(tx, requests, at)
}

async function entryRow(db: Reader, lateEntryId: string): Promise<LateEntry> {
  const [entry] = await db.select().from(lateEntries).where(eq(lateEntries.id, lateEntryId))
  return entry as LateEntry
}

async function personOfEntry(db: Reader, { assignmentId }: LateEntry): Promise<string> {
  const [found] = await db
    .select({ personId: assignments.personId })
    .from(assignments)
    .where(eq(assignments.id, assignmentId))
  return found!.personId
}

/** The people whose accounts these are. */
export async function peopleOf(db: Reader, userIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .select({ personId: users.personId })
    .from(users)
    .where(inArray(users.id, [...userIds]))
  return [...new Set(rows.flatMap(({ personId }) => personId ?? []))]
}
