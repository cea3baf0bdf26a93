/** Whoever was told that they are in charge of a shift is told when it is moved or cancelled, as its volunteers are. */
import { and, asc, eq, exists, gt, inArray, isNull, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { queueMessages } from '#modules/messaging/index.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import { contactsFor } from '../contacts.ts'
import { kindNames } from '../messages/message-kind-names.ts'
import { laneFor } from '../notices/lanes.ts'
import { assignments } from '../schema.ts'
import { inChargeSubject } from './in-charge-subject.ts'

/** The shifts of an event, of one act, or one shift. */
export type ShiftsOf = { eventId: string } | { cancellationId: string } | { shiftId: string }

export interface ToHeads {
  kind: 'inChargeMoved' | 'inChargeCancelled'
  /** Unique name of the cause: `change:ID`, `cancellation:ID`. One person gets one message for each. */
  cause: string
  at: DateTime
}

/**
 * Tells those in charge of these shifts who were told so, and who hold no place there: as volunteers they are told anyway.
 * Idempotent.
 */
export async function tellHeads(tx: Writer, where: ShiftsOf, { kind, cause, at }: ToHeads): Promise<void> {
  const heads = await headsOf(tx, where, at)
  await inChunks(heads, 200, async (some) => {
    const subjects = some.map(({ shiftId, personId }) => inChargeSubject(shiftId, personId))
    const rows = await tx
      .select({ subject: messageSubjects.subject })
      .from(messageSubjects)
      .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
      .where(
        and(inArray(messageSubjects.subject, subjects), notInArray(messages.state, ['queued', 'cancelled'])),
      )
    const told = new Set(rows.map((row) => row.subject))
    const contacts = await contactsFor(
      tx,
      some.map(({ personId }) => ({ personId, minor: false })),
    )
    const requests = some.flatMap(({ shiftId, personId, eventId, startsAt, endsAt }) => {
      const about = inChargeSubject(shiftId, personId)
      const contactId = contacts.get(personId)?.contactId
      if (!contactId || !told.has(about)) return []
      const when = { lane: laneFor(startsAt, at), startsAt, expiresAt: endsAt }
      const subjects = [{ subject: about, personId }]
      return [
        { kind: kindNames[kind], contactId, groupKey: cause, generation: 1, eventId, subjects, ...when },
      ]
    })
    await queueMessages(tx, requests, at)
  })
}

async function headsOf(db: Reader, where: ShiftsOf, at: DateTime) {
  const head = sql<string>`coalesce(${shifts.inChargePersonId}, ${shifts.deputyPersonId})`
  const holds = db
    .select({ one: sql`1` })
    .from(assignments)
    .where(
      and(eq(assignments.shiftId, shifts.id), eq(assignments.personId, head), isNull(assignments.freedAt)),
    )
  const rows = await db
    .select({
      ...{ shiftId: shifts.id, eventId: shifts.eventId, personId: head },
      ...{
        startsAt: shifts.startsAt,
        endsAt: shifts.endsAt,
        holds: sql<boolean>`${exists(holds)}`.mapWith(Boolean),
      },
    })
    .from(shifts)
    .innerJoin(events, eq(events.id, shifts.eventId))
    .where(and(conditionOf(where), gt(shifts.endsAt, at), sql`${head} is not null`))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
  return rows.filter((row) => !row.holds)
}

function conditionOf(where: ShiftsOf): SQL | undefined {
  if ('shiftId' in where) return eq(shifts.id, where.shiftId)
  if ('cancellationId' in where) return eq(shifts.cancellationId, where.cancellationId)
  // Of shifts cancelled before the event they were told then.
  return and(
    eq(shifts.eventId, where.eventId),
    or(isNull(shifts.cancelledAt), sql`${shifts.cancelledAt} >= ${events.cancelledAt}`),
  )
}
