import { and, asc, eq, gt, inArray, isNotNull, isNull, type SQL } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { EventRow } from '#modules/events/index.ts'
import { events } from '#modules/events/schema.ts'
import { type MessageRequest, type MessageState, queueMessages } from '#modules/messaging/index.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import { addWorkdays, type Calendar, isWorkday, readCalendar } from '#platform/calendar/index.ts'
import { type Database, inChunks, type Reader } from '#platform/database/port.ts'
import { dayIn } from '#platform/time.ts'
import { contactsFor } from '../contacts.ts'
import { kindNames } from '../messages/message-kind-names.ts'
import { laneFor } from '../notices/lanes.ts'
import { quotas } from '../schema.ts'
import { subject } from '../subjects.ts'

/** Hours between which units are written to, on working days. */
const office = { from: 8, to: 18 }

/**
 * Tells the liaison of every unit that was asked and has not answered, once for each event; on a working day only.
 * Idempotent.
 */
export async function tellAsked(db: Database, eventId: string, at: DateTime): Promise<void> {
  const silent = await unanswered(db.read, eq(quotas.eventId, eventId), at)
  await tell(db, silent, { kind: kindNames.unitAsked, groupKeyOf: () => `quotas:${eventId}`, at })
}

/**
 * Tells units that are asked for another number than before: who has not answered is asked anew, who has answered with people
 * reads both numbers. Whose earlier message still waits is told nothing more: it will say the present number. Idempotent.
 */
export async function tellChanged(db: Database, quotaIds: readonly string[], at: DateTime): Promise<void> {
  const changed = await open(db.read, inArray(quotas.id, [...quotaIds]), at)
  const groupKeyOf = ({ quota: { eventId, id, version } }: Open) => `quotas:${eventId}:${id}@${version}`
  for (const [kind, those] of [
    [kindNames.unitAsked, changed.filter(({ quota }) => quota.pledged === null)],
    [kindNames.unitChanged, changed.filter(({ quota }) => (quota.pledged ?? 0) > 0)],
  ] as const) {
    const about = those.map(({ quota }) => subject('quota', quota.id))
    const waiting = await toldOf(db.read, about, { kind, states: ['queued'] })
    const fresh = those.filter(({ quota }) => !waiting.has(subject('quota', quota.id)))
    await tell(db, fresh, { kind, groupKeyOf, at })
  }
}

/**
 * Reminds every unit that has not answered, once, on the last working day before the day by which it should, or on that
 * day. Idempotent.
 */
export async function remindUnits(db: Database, at: DateTime): Promise<void> {
  const silent = await unanswered(db.read, isNotNull(quotas.dueOn), at)
  const calendar = await readCalendar(db.read)
  const due = silent.filter(({ quota, timeZone }) => {
    const today = dayIn(at, timeZone)
    const dueOn = quota.dueOn as string
    const asked = dayIn(quota.createdAt, timeZone)
    return asked < today && today <= dueOn && addWorkdays(calendar, dueOn, -1).day <= today
  })
  const groupKeyOf = ({ quota }: Open) => `quotas:${quota.eventId}@${quota.dueOn}`
  await tell(db, due, { kind: kindNames.unitReminded, groupKeyOf, at })
}

/**
 * Tells every unit that was asked for people, or had answered, that the event is cancelled: at once, with the urgency of a
 * cancelled shift, because the unit calls its own people. Not those that answered nobody. Idempotent.
 */
export async function tellUnitsCancelled(db: Database, event: EventRow, at: DateTime): Promise<void> {
  const { id: eventId, startsAt, endsAt } = event
  if (endsAt <= at) return
  const asked = await db.read
    .select({ id: quotas.id, pledged: quotas.pledged, liaisonId: units.liaisonPersonId })
    .from(quotas)
    .innerJoin(units, eq(units.id, quotas.unitId))
    .where(and(eq(quotas.eventId, eventId), isNotNull(units.liaisonPersonId), isNull(units.closedAt)))
    .orderBy(asc(quotas.id))
  await inChunks(asked, 200, (some) =>
    db.transaction(async (tx) => {
      const told = await toldOf(
        tx,
        some.map(({ id }) => subject('quota', id)),
      )
      const expecting = some.filter(({ id, pledged }) =>
        pledged === null ? told.has(subject('quota', id)) : pledged > 0,
      )
      const contacts = await contactsFor(
        tx,
        expecting.map(({ liaisonId }) => ({ personId: liaisonId as string, minor: false })),
      )
      const requests = expecting.flatMap(({ id, liaisonId: personId }): MessageRequest[] => {
        const contactId = contacts.get(personId as string)?.contactId
        if (!contactId) return []
        const subjects = [{ subject: subject('quota', id), personId }]
        const when = { lane: laneFor(startsAt, at), startsAt, expiresAt: endsAt }
        const groupKey = `event:${eventId}:units`
        return [
          { kind: kindNames.unitCancelled, contactId, groupKey, subjects, generation: 1, eventId, ...when },
        ]
      })
      await queueMessages(tx, requests, at)
    }),
  )
}

/** The states of a message that somebody may have read. */
const left = ['sending', 'accepted', 'sent', 'delivered', 'undelivered', 'unknown'] as const

/** The subjects about which a message has left, or is in one of these states. */
async function toldOf(
  db: Reader,
  subjects: readonly string[],
  { kind, states = left }: { kind?: string; states?: readonly MessageState[] } = {},
): Promise<Set<string>> {
  const rows = await db
    .select({ subject: messageSubjects.subject })
    .from(messageSubjects)
    .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
    .where(
      and(
        inArray(messageSubjects.subject, [...subjects]),
        inArray(messages.state, [...states]),
        kind ? eq(messages.kind, kind) : undefined,
      ),
    )
  return new Set(rows.map((row) => row.subject))
}

type Open = Awaited<ReturnType<typeof open>>[number]

function unanswered(db: Reader, condition: SQL, at: DateTime) {
  return open(db, and(condition, isNull(quotas.pledged)), at)
}

/** The quotas of events to come whose unit has a liaison. */
function open(db: Reader, condition: SQL | undefined, at: DateTime) {
  return db
    .select({
      quota: quotas,
      liaisonId: units.liaisonPersonId,
      timeZone: events.timeZone,
      startsAt: events.startsAt,
    })
    .from(quotas)
    .innerJoin(units, eq(units.id, quotas.unitId))
    .innerJoin(events, eq(events.id, quotas.eventId))
    .where(
      and(
        condition,
        isNotNull(units.liaisonPersonId),
        isNull(units.closedAt),
        isNull(events.cancelledAt),
        isNull(events.closedAt),
        gt(events.startsAt, at),
      ),
    )
    .orderBy(asc(quotas.id))
}

async function tell(
  db: Database,
  asked: readonly Open[],
  { kind, groupKeyOf, at }: { kind: string; groupKeyOf(one: Open): string; at: DateTime },
): Promise<void> {
  const calendar = await readCalendar(db.read)
  await inChunks(asked, 200, (some) =>
    db.transaction(async (tx) => {
      const people = some.map(({ liaisonId }) => ({ personId: liaisonId as string, minor: false }))
      const contacts = await contactsFor(tx, people)
      const requests = some.flatMap((each): MessageRequest[] => {
        const { quota, liaisonId: personId, timeZone, startsAt } = each
        const contactId = contacts.get(personId as string)?.contactId
        if (!contactId) return []
        const subjects = [{ subject: subject('quota', quota.id), personId }]
        const notBefore = workingMoment(calendar, at, timeZone)
        const when = { lane: 'invitation' as const, notBefore, expiresAt: startsAt }
        return [
          {
            kind,
            contactId,
            groupKey: groupKeyOf(each),
            subjects,
            generation: 1,
            eventId: quota.eventId,
            ...when,
          },
        ]
      })
      await queueMessages(tx, requests, at)
    }),
  )
}

/** Now, if it is a working hour of a working day in the zone; else the beginning of the next one. */
export function workingMoment(calendar: Calendar, at: DateTime, timeZone: string): DateTime {
  const local = at.setZone(timeZone)
  const today = dayIn(at, timeZone)
  const opens = (day: string) =>
    local
      .set({
        year: Number(day.slice(0, 4)),
        month: Number(day.slice(5, 7)),
        day: Number(day.slice(8)),
      })
      .startOf('day')
      .set({ hour: office.from })
      .toUTC()
  if (!isWorkday(calendar, today) || local.hour >= office.to)
    return opens(addWorkdays(calendar, today, 1).day)
  return local.hour < office.from ? opens(today) : at
}
