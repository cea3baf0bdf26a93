/** Whoever was told that they are in charge of a shift is told when somebody else is. */
import { and, asc, eq, gt, inArray, isNull, ne } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { eventRow } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { type MessageRequest, queueMessages } from '#modules/messaging/index.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import { type Database, inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { contactsFor } from '../contacts.ts'
import { kindNames } from '../messages/message-kind-names.ts'
import { laneFor } from '../notices/lanes.ts'
import { subjectId } from '../subjects.ts'

/** What somebody was told last about being in charge of a shift. */
export interface LastTold {
  kind: string
  /** The message was sent, or is being sent. */
  left: boolean
  generation: number
  personId: string
  shiftId: string
}

const waiting = ['queued', 'expired', 'suppressed', 'dead']

/** What each person was told last about being in charge of shifts of an event, or not any more, by subject. */
export async function lastTold(db: Reader, eventId: string): Promise<Map<string, LastTold>> {
  const rows = await db
    .select({
      ...{ subject: messageSubjects.subject, personId: messageSubjects.personId },
      ...{ kind: messages.kind, state: messages.state, generation: messages.generation },
    })
    .from(messages)
    .innerJoin(messageSubjects, eq(messageSubjects.messageId, messages.id))
    .where(
      and(
        eq(messages.eventId, eventId),
        inArray(messages.kind, [kindNames.inCharge, kindNames.inChargeReplaced]),
        ne(messages.state, 'cancelled'),
      ),
    )
    .orderBy(asc(messages.createdAt), asc(messages.id))
  return new Map(
    rows.flatMap(({ subject, personId, kind, state, generation }) => {
      const [shiftId = ''] = subjectId('in-charge', subject).split('@')
      const told = { kind, generation, shiftId, left: !waiting.includes(state) }
      return personId ? [[subject, { ...told, personId }] as const] : []
    }),
  )
}

/**
 * Tells those who read that they are in charge of a shift of this event, or whose number its volunteers saw, that they are not
 * any more. Not who is its deputy now, and not about what is over or cancelled. Idempotent.
 */
export async function tellReplaced(db: Database, eventId: string, at: DateTime): Promise<void> {
  const event = await eventRow(db.read, eventId)
  if (!event.publishedAt || event.cancelledAt || event.closedAt) return
  await db.transaction(async (tx) => {
    const told = [...(await lastTold(tx, eventId))].filter(
      ([, { kind, left }]) => kind === kindNames.inCharge && left,
    )
    const open = await openShifts(tx, eventId, at)
    const replaced = told.flatMap(([subject, last]) => {
      const shift = open.get(last.shiftId)
      if (!shift || shift.inCharge === last.personId || shift.deputy === last.personId) return []
      return { subject, ...last, ...shift }
    })
    await inChunks(replaced, 200, (some) => tell(tx, eventId, some, at))
  })
}

async function openShifts(db: Reader, eventId: string, at: DateTime) {
  const rows = await db
    .select({
      ...{ id: shifts.id, startsAt: shifts.startsAt, endsAt: shifts.endsAt },
      ...{ inCharge: shifts.inChargePersonId, deputy: shifts.deputyPersonId },
    })
    .from(shifts)
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt), gt(shifts.endsAt, at)))
  return new Map(rows.map((row) => [row.id, row]))
}

type Replaced = LastTold & { subject: string; startsAt: DateTime; endsAt: DateTime }

async function tell(tx: Writer, eventId: string, some: readonly Replaced[], at: DateTime): Promise<void> {
  const contacts = await contactsFor(
    tx,
    some.map(({ personId }) => ({ personId, minor: false })),
  )
  const requests = some.flatMap(({ subject, personId, generation, startsAt, endsAt }): MessageRequest[] => {
    const contactId = contacts.get(personId)?.contactId
    if (!contactId) return []
    const about = { kind: kindNames.inChargeReplaced, contactId, groupKey: `event:${eventId}`, generation }
    const subjects = [{ subject: subject as MessageRequest['subjects'][number]['subject'], personId }]
    return [{ ...about, eventId, subjects, lane: laneFor(startsAt, at), startsAt, expiresAt: endsAt }]
  })
  await queueMessages(tx, requests, at)
}
