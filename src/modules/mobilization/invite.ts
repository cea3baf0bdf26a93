import { and, eq, isNull } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { eventRow, shiftRow, stateOf } from '#modules/events/index.ts'
import { type MessageRequest, queueMessages } from '#modules/messaging/index.ts'
import type { AppContext } from '#src/context.ts'
import { type Invitee, invitees, inviteesOf, subjectOf } from './invitees.ts'
import { kindNames } from './message-kinds.ts'
import { participationRow } from './participations.ts'
import { remindAt, reminderSubject } from './reminder-kind.ts'
import { assignments } from './schema.ts'

export type InviteContext = Pick<AppContext, 'db' | 'config' | 'now' | 'log'>

/** So many messages are written in one transaction. */
const perTransaction = 400

/**
 * Writes an invitation for everybody of a published event who holds a place, and a reminder for every shift; one
 * number gets one message that names its people. Whoever was invited already is not invited again, so it runs as
 * often as it likes: after the publication, and whenever a proposal places more people.
 */
export async function inviteEvent(context: InviteContext, eventId: string): Promise<void> {
  const { db, log } = context
  const event = await eventRow(db.read, eventId)
  if (stateOf(event) !== 'published') return
  const all = await invitees(db.read, eventId)
  const written = await inviteThese(context, event, all)
  const unreachable = all.filter(({ contactId }) => contactId === null).length
  log.info({ eventId, invitees: all.length, unreachable, ...written }, 'invitations written')
}

/** The same for one participation: somebody who was named later, or has a new link. */
export async function inviteOne(context: InviteContext, participationId: string): Promise<void> {
  const { eventId, linkRevokedAt } = await participationRow(context.db.read, participationId)
  const event = await eventRow(context.db.read, eventId)
  if (stateOf(event) !== 'published' || linkRevokedAt) return
  await inviteThese(context, event, await inviteesOf(context.db.read, [participationId]))
}

function inviteThese(context: InviteContext, event: Event, people: readonly Invitee[]) {
  const now = context.now()
  const schedule = scheduleFor(context, event)
  return queueAll(context, [
    ...people.flatMap((invitee) => invitationTo(event.id, invitee, now)),
    ...people.flatMap((invitee) => remindersTo(schedule, event, invitee)),
  ])
}

/** New reminders for the people of one shift, after it has moved. */
export async function remindOfShift(context: InviteContext, shiftId: string): Promise<void> {
  const { db } = context
  const shift = await shiftRow(db.read, shiftId)
  const event = await eventRow(db.read, shift.eventId)
  if (stateOf(event) !== 'published' || shift.cancelledAt) return
  const rows = await db.read
    .select({ id: assignments.participationId })
    .from(assignments)
    .where(and(eq(assignments.shiftId, shiftId), isNull(assignments.freedAt)))
  const people = await inviteesOf(
    db.read,
    rows.map(({ id }) => id),
  )
  const schedule = scheduleFor(context, event)
  const reminders = people.flatMap((invitee) => remindersTo(schedule, event, invitee))
  await queueAll(
    context,
    reminders.filter(({ groupKey }) => groupKey.startsWith(`shift:${shiftId}@`)),
  )
}

type Event = Awaited<ReturnType<typeof eventRow>>

/** Not sent any more once the last of the shifts has begun. */
function invitationTo(eventId: string, invitee: Invitee, now: DateTime): MessageRequest[] {
  const { contactId, participationId, linkGeneration, assignments } = invitee
  const expiresAt = DateTime.max(...assignments.map(({ startsAt }) => startsAt)) ?? null
  if (!contactId || !expiresAt || expiresAt <= now) return []
  const { invitation: kind } = kindNames
  const subjects = [subjectOf(participationId)]
  const groupKey = `event:${eventId}`
  return [
    {
      kind,
      contactId,
      groupKey,
      subjects,
      generation: linkGeneration,
      eventId,
      lane: 'invitation',
      expiresAt,
    },
  ]
}

type Schedule = (startsAt: DateTime) => DateTime | null

/**
 * When to remind of a shift that starts then. Null where that has passed already: the invitation itself is reminder
 * enough. Thousands of people share a few starts, so each is reckoned once.
 */
function scheduleFor({ config, now }: InviteContext, event: Event): Schedule {
  const moment = now()
  const known = new Map<number, DateTime | null>()
  return (startsAt) => {
    const startsAtMs = startsAt.toMillis()
    let at = known.get(startsAtMs)
    if (at === undefined) {
      const wanted = remindAt(startsAt, event.timeZone, config.messages.quietHours)
      at = wanted > moment ? wanted : null
      known.set(startsAtMs, at)
    }
    return at
  }
}

function remindersTo(schedule: Schedule, event: Event, invitee: Invitee): MessageRequest[] {
  const { contactId, assignments } = invitee
  if (!contactId) return []
  return assignments.flatMap(({ assignmentId, shiftId, startsAt }) => {
    const notBefore = schedule(startsAt)
    if (notBefore === null) return []
    return [
      {
        kind: kindNames.reminder,
        contactId,
        groupKey: `shift:${shiftId}@${startsAt.toMillis()}`,
        subjects: [reminderSubject(assignmentId, startsAt)],
        generation: 1,
        eventId: event.id,
        lane: 'reminder' as const,
        notBefore,
        expiresAt: startsAt,
      },
    ]
  })
}

/** One number in one transaction: requests for the same contact and key are put together before they are cut into pieces. */
async function queueAll({ db, now }: InviteContext, requests: readonly MessageRequest[]) {
  const groups = Map.groupBy(requests, ({ kind, contactId, groupKey, generation }) =>
    [kind, contactId, groupKey, generation].join(' '),
  )
  const messages = [...groups.values()].map((group) => ({
    ...(group[0] as MessageRequest),
    subjects: group.flatMap(({ subjects }) => subjects),
  }))
  let queued = 0
  let repeated = 0
  for (let from = 0; from < messages.length; from += perTransaction) {
    const some = messages.slice(from, from + perTransaction)
    const outcome = await db.transaction((tx) => queueMessages(tx, some, now()))
    queued += outcome.queued
    repeated += outcome.repeated
  }
  return { queued, repeated }
}
