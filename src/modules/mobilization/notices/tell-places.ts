/** Tells people whose places were changed by hand, or whom a new plan left without one. */
import { and, asc, eq, gt, inArray, isNotNull, isNull, notExists, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { eventRow, stateOf } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { queueMessages } from '#modules/messaging/index.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import type { Database, Reader, Writer } from '#platform/database/port.ts'
import { isoOf } from '#platform/time.ts'
import { invitationTo } from '../invite.ts'
import { inviteesOf } from '../invitees.ts'
import { guardianKinds, kindNames } from '../messages/message-kind-names.ts'
import { type ParticipationRow, participationRow } from '../participations.ts'
import { assignments, notices, participations } from '../schema.ts'
import { subject } from '../subjects.ts'
import type { CancelReason } from '../words.ts'
import { type Holder, tell } from './tell.ts'

const takenOff: CancelReason[] = ['removed', 'withdrawn', 'replanned']

/**
 * Tells one person what became of their places: a place taken and another given are one message with both, before and
 * after; a place taken is told by itself; a place given to somebody who was invited before asks again. Who was told
 * nothing yet is told nothing: their invitation shows the present state. Idempotent.
 */
export async function tellPlaces(tx: Writer, participationId: string, at: DateTime): Promise<void> {
  const participation = await participationRow(tx, participationId)
  const event = await eventRow(tx, participation.eventId)
  const toldAt = await lastTold(tx, participation)
  if (stateOf(event) !== 'published' || participation.linkRevokedAt || !toldAt) return
  const { taken, given } = await changedSince(tx, participationId, { toldAt, at })
  const happening = { eventId: event.id, at }
  const moved = Math.min(taken.length, given.length)
  for (let n = 0; n < moved; n++) {
    const [from, to] = [taken[n] as Place, given[n] as Place]
    const before = {
      startsAt: isoOf(from.startsAt),
      endsAt: isoOf(from.endsAt),
      zoneName: from.zoneName,
      meetingPoint: from.meetingPoint,
    }
    await tell(tx, [to], { ...happening, kind: 'change', cause: `move:${from.assignmentId}`, before })
  }
  await tell(tx, taken.slice(moved), {
    ...{ ...happening, kind: 'removal' as const, before: null },
    cause: `removal:${participationId}`,
  })
  const [added] = given.slice(moved)
  if (!added) return
  const [invitee] = await inviteesOf(tx, [participationId])
  const requests = invitee ? invitationTo(event.id, invitee, at) : []
  const again = {
    groupKey: `placed:${added.assignmentId}@${added.createdAt.toMillis()}`,
    lane: 'change' as const,
  }
  await queueMessages(
    tx,
    requests.map((request) => ({ ...request, ...again })),
    at,
  )
}

/** Those of these people who have no place in the event any more. */
export async function tellDropped(db: Database, ids: readonly string[], at: DateTime): Promise<void> {
  const held = db.read
    .select({ one: sql`1` })
    .from(assignments)
    .where(and(eq(assignments.participationId, participations.id), isNull(assignments.freedAt)))
  const dropped = await db.read
    .select({ id: participations.id })
    .from(participations)
    .where(and(inArray(participations.id, [...ids]), notExists(held)))
  for (const { id } of dropped) await db.transaction((tx) => tellPlaces(tx, id, at))
}

/** When the person was last told of their places: by message, or by whoever recorded their answer. */
async function lastTold(
  db: Reader,
  { id, answeredAt }: ParticipationRow,
): Promise<DateTime | null | undefined> {
  const [sent] = await db
    .select({ at: messages.handedOverAt })
    .from(messageSubjects)
    .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
    .where(
      and(
        eq(messageSubjects.subject, subject('participation', id)),
        inArray(messages.kind, [kindNames.invitation, guardianKinds.invitation]),
        isNotNull(messages.handedOverAt),
      ),
    )
    .orderBy(sql`${messages.handedOverAt} desc`)
    .limit(1)
  return sent?.at ?? answeredAt
}

interface Place extends Holder {
  assignmentId: string
  shiftId: string
  zoneName: string
  meetingPoint: string | null
  createdAt: DateTime
}

/** Places taken from the person that they were told of, and given that they were not, each in order of time. */
async function changedSince(
  db: Reader,
  participationId: string,
  { toldAt, at }: { toldAt: DateTime; at: DateTime },
): Promise<{ taken: Place[]; given: Place[] }> {
  const rows = await db
    .select({ assignment: assignments, shift: shifts, zoneName: zones.name })
    .from(assignments)
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(
      and(
        eq(assignments.participationId, participationId),
        isNull(shifts.cancelledAt),
        gt(shifts.endsAt, at),
      ),
    )
    .orderBy(asc(shifts.startsAt), asc(assignments.id))
  const known = await db.select().from(notices).where(eq(notices.participationId, participationId))
  const gone = new Set(
    known.flatMap(({ key, kind, assignmentId }) => [
      ...(assignmentId && kind === 'removal' ? [assignmentId] : []),
      ...(/^move:([^:]+):/.exec(key)?.slice(1) ?? []),
    ]),
  )
  // A place that was given up and given again is told anew.
  const isShown = ({ id, createdAt }: { id: string; createdAt: DateTime }) =>
    known.some((notice) => notice.assignmentId === id && notice.createdAt >= createdAt)
  const places = rows.flatMap(({ assignment, shift, zoneName }) => {
    const { id: assignmentId, personId, minor, createdAt } = assignment
    const { id: shiftId, startsAt, endsAt, meetingPoint } = shift
    const where = { shiftId, startsAt, endsAt, meetingPoint, zoneName, createdAt }
    return [{ assignment, place: { assignmentId, participationId, personId, minor, ...where } }]
  })
  const of = (matches: (row: typeof assignments.$inferSelect) => boolean) =>
    places.filter(({ assignment }) => matches(assignment)).map(({ place }) => place)
  const given = of(
    ({ freedAt, answer, createdAt, ...row }) =>
      !isShown({ ...row, createdAt }) && freedAt === null && answer === null && createdAt > toldAt,
  )
  const taken = of(
    ({ id, cancelledAt, cancelReason, answer, createdAt }) =>
      !gone.has(id) &&
      cancelledAt !== null &&
      cancelReason !== null &&
      takenOff.includes(cancelReason) &&
      answer !== 'declined' &&
      createdAt <= toldAt,
  )
  const same = (one: Place[], other: Place[]) =>
    one.filter(({ shiftId }) => !other.some((each) => each.shiftId === shiftId))
  const held = new Set(
    places.filter(({ assignment }) => assignment.freedAt === null).map(({ place }) => place.shiftId),
  )
  return { taken: taken.filter(({ shiftId }) => !held.has(shiftId)), given: same(given, taken) }
}
