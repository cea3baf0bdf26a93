import { eq } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { eventRow, shiftRow, stateOf } from '#modules/events/index.ts'
import { type MessageRequest, queueMessages } from '#modules/messaging/index.ts'
import type { JobRun } from '#platform/jobs/definition.ts'
import type { AppContext } from '#src/context.ts'
import { type Invitee, inviteesOf, reachedByContact } from './invitees.ts'
import { kindFor } from './messages/message-kind-names.ts'
import { remindAt, reminderSubject } from './messages/reminder-kind.ts'
import { participationRow } from './participations.ts'
import { assignments } from './schema.ts'
import { subject } from './subjects.ts'

export type InviteContext = Pick<AppContext, 'db' | 'config' | 'now' | 'log'>

/** Number of messages written in one transaction. */
const perTransaction = 200

/**
 * Queues an invitation for every participation of a published event that holds a place, and a reminder for every shift.
 * One contact gets one message for all of its people. Idempotent: runs after publication and after each proposal.
 */
export async function inviteEvent(context: InviteContext, eventId: string, run?: JobRun): Promise<void> {
  const { db, log } = context
  const event = await eventRow(db.read, eventId)
  if (stateOf(event) !== 'published') return
  const { reached, unreachable } = await reachedByContact(db.read, eventId)
  const written = { invitees: unreachable, queued: 0, repeated: 0 }
  for (const ids of reached) {
    const some = await inviteesOf(db.read, ids)
    const { queued, repeated } = await inviteThese(context, event, some, run)
    written.invitees += some.length
    written.queued += queued
    written.repeated += repeated
  }
  log.info({ eventId, unreachable, ...written }, 'invitations written')
}

/** `inviteEvent` for one participation: a person assigned later, or with a new link. */
export async function inviteOne(context: InviteContext, participationId: string): Promise<void> {
  const { eventId, linkRevokedAt } = await participationRow(context.db.read, participationId)
  const event = await eventRow(context.db.read, eventId)
  if (stateOf(event) !== 'published' || linkRevokedAt) return
  await inviteThese(context, event, await inviteesOf(context.db.read, [participationId]))
}

function inviteThese(context: InviteContext, event: Event, people: readonly Invitee[], run?: JobRun) {
  const now = context.now()
  const schedule = scheduleFor(context, event)
  return queueAll(
    context,
    [
      ...people.flatMap((invitee) => invitationTo(event.id, invitee, now)),
      ...people.flatMap((invitee) => remindersTo(schedule, event, invitee)),
    ],
    run,
  )
}

/** Queues new reminders for the people of a shift that was moved. */
export async function remindOfShift(context: InviteContext, shiftId: string): Promise<void> {
  const { db } = context
  const shift = await shiftRow(db.read, shiftId)
  const event = await eventRow(db.read, shift.eventId)
  if (stateOf(event) !== 'published' || shift.cancelledAt) return
  const rows = await db.read
    .select({ id: assignments.participationId })
    .from(assignments)
    .where(eq(assignments.shiftId, shiftId))
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

/** The invitation as message requests. It expires when the last of the person's shifts begins. */
export function invitationTo(eventId: string, invitee: Invitee, now: DateTime): MessageRequest[] {
  const { contactId, participationId, personId, linkGeneration, minor, assignments } = invitee
  const starts = assignments.map(({ startsAt }) => startsAt)
  const expiresAt = DateTime.max(...starts) ?? null
  const startsAt = DateTime.min(...starts.filter((each) => each > now)) ?? null
  if (!contactId || !expiresAt || expiresAt <= now) return []
  const kind = kindFor('invitation', minor)
  const subjects = [{ subject: subject('participation', participationId), personId }]
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
      startsAt,
    },
  ]
}

type Schedule = (startsAt: DateTime) => DateTime | null

/**
 * When to send the reminder of a shift. Null when that moment has passed: the invitation is enough. Cached by start,
 * because thousands of people share a few starts.
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
  const { contactId, personId, minor, assignments } = invitee
  if (!contactId) return []
  return assignments.flatMap(({ assignmentId, shiftId, startsAt }) => {
    const notBefore = schedule(startsAt)
    if (notBefore === null) return []
    return [
      {
        kind: kindFor('reminder', minor),
        contactId,
        groupKey: `shift:${shiftId}@${startsAt.toMillis()}`,
        subjects: [{ subject: reminderSubject(assignmentId, startsAt), personId }],
        generation: 1,
        eventId: event.id,
        lane: 'reminder' as const,
        notBefore,
        expiresAt: startsAt,
        startsAt,
      },
    ]
  })
}

/**
 * Queues requests in chunks. All requests for one contact and key go into the same transaction, merged into one
 * message.
 */
export async function queueAll(
  { db, now }: InviteContext,
  requests: readonly MessageRequest[],
  run?: JobRun,
) {
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
    if (outcome.queued > 0) await run?.progressed()
    run?.signal.throwIfAborted()
  }
  return { queued, repeated }
}
