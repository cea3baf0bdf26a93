import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import {
  asksAgain,
  type EventRow,
  eventRow,
  type ShiftCancellationRow,
  settleChange,
} from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { cancelMessages, type MessageRequest, queueMessages } from '#modules/messaging/index.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import type { Database, Reader, Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { isoOf } from '#platform/time.ts'
import { contactsFor } from '../contacts.ts'
import { tellHeads } from '../in-charge/tell-heads.ts'
import { guardianKinds, kindFor, kindNames } from '../messages/message-kind-names.ts'
import { type PlacesOf, placesOf } from '../places-of.ts'
import { assignments, notices, type PlaceBefore } from '../schema.ts'
import { subject } from '../subjects.ts'
import type { NoticeKind } from '../words.ts'
import { laneFor } from './lanes.ts'

/** The holder of a place that was changed or cancelled. */
export interface Holder {
  participationId: string
  personId: string
  minor: boolean
  /** Null: all places of the participation. */
  assignmentId: string | null
  startsAt: DateTime
  endsAt: DateTime
}

export interface Happening {
  kind: NoticeKind
  eventId: string
  /** Unique name of the cause: `change:ID`, `cancellation:ID`. */
  cause: string
  before: PlaceBefore | null
  at: DateTime
}

/** Number of people told in one transaction. */
const perTransaction = 400

/**
 * Writes the notices for these people, once per cause, and queues the messages that contain them. Without a contact the
 * notice is on the leader's call list at once. It supersedes earlier notices about the same place and shows the state
 * told before them.
 */
export async function tell(tx: Writer, holders: readonly Holder[], happening: Happening): Promise<void> {
  const { kind, eventId, cause, at } = happening
  if (holders.length === 0) return
  const contacts = await contactsFor(tx, holders)
  const before = await supersede(tx, holders, happening)
  const rows = holders.map(({ participationId, personId, assignmentId }) => ({
    id: newId(),
    key: `${cause}:${assignmentId ?? participationId}`,
    ...{ kind, eventId, participationId, assignmentId },
    before: (assignmentId && before.get(assignmentId)) || happening.before,
    contactId: contacts.get(personId)?.contactId ?? null,
    createdAt: at,
  }))
  const made = await tx.insert(notices).values(rows).onConflictDoNothing().returning({ id: notices.id })
  const fresh = new Set(made.map(({ id }) => id))
  const requests = rows.flatMap((row, n): MessageRequest[] => {
    const holder = holders[n] as Holder
    if (!fresh.has(row.id) || row.contactId === null) return []
    return [
      {
        kind: kindFor(kind, holder.minor),
        contactId: row.contactId,
        groupKey: cause,
        subjects: [{ subject: subject('notice', row.id), personId: holder.personId }],
        generation: 1,
        eventId,
        lane: laneFor(holder.startsAt, at),
        expiresAt: kind === 'change' ? holder.startsAt : holder.endsAt,
        startsAt: holder.startsAt,
      },
    ]
  })
  await queueMessages(tx, requests, at)
}

/**
 * Supersedes earlier notices about these places. Returns the state told before, for those whose message was never sent.
 */
async function supersede(
  tx: Writer,
  holders: readonly Holder[],
  { cause, at }: Happening,
): Promise<Map<string, PlaceBefore>> {
  const ids = holders.flatMap(({ assignmentId }) => assignmentId ?? [])
  const before = new Map<string, PlaceBefore>()
  if (ids.length === 0) return before
  const earlier = await tx
    .select()
    .from(notices)
    .where(and(inArray(notices.assignmentId, ids), isNull(notices.supersededAt)))
  const ended = earlier.filter(({ key, assignmentId }) => key !== `${cause}:${assignmentId}`)
  if (ended.length === 0) return before
  const endedIds = ended.map(({ id }) => id)
  const waiting = await waitingSubjects(
    tx,
    endedIds.map((id) => subject('notice', id)),
  )
  for (const notice of ended) {
    const unsent = notice.contactId === null || waiting.has(subject('notice', notice.id))
    if (notice.assignmentId && notice.before && unsent) before.set(notice.assignmentId, notice.before)
  }
  await tx.update(notices).set({ supersededAt: at }).where(inArray(notices.id, endedIds))
  return before
}

/** The subjects whose message was not sent yet. */
async function waitingSubjects(db: Reader, subjects: readonly string[]): Promise<Set<string>> {
  if (subjects.length === 0) return new Set()
  const rows = await db
    .select({ subject: messageSubjects.subject })
    .from(messageSubjects)
    .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
    .where(and(inArray(messageSubjects.subject, [...subjects]), eq(messages.state, 'queued')))
  return new Set(rows.map((row) => row.subject))
}

type HoldersPage = {
  some: (Holder & { assignmentId: string; createdAt: DateTime })[]
  next: string | undefined
}

/** The people who hold a place now, page by page. All places of one person are on one page. */
async function holders(db: Reader, where: PlacesOf, after: string): Promise<HoldersPage> {
  const rows = await db
    .select({ assignment: assignments, startsAt: shifts.startsAt, endsAt: shifts.endsAt })
    .from(assignments)
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .where(and(placesOf(db, where), isNull(assignments.freedAt), gt(assignments.participationId, after)))
    .orderBy(asc(assignments.participationId), asc(shifts.startsAt), asc(assignments.id))
    .limit(perTransaction)
  const last = rows.length < perTransaction ? undefined : rows.at(-1)?.assignment.participationId
  const whole = rows.filter(({ assignment }) => assignment.participationId !== last)
  const some = whole.map(({ assignment, startsAt, endsAt }) => {
    const { id, participationId, personId, minor, createdAt } = assignment
    return { assignmentId: id, participationId, personId, minor, startsAt, endsAt, createdAt }
  })
  return { some, next: last && some.at(-1)?.participationId }
}

/**
 * Tells the holders of places of a moved shift the earlier and the current state, five minutes after the last edit, and
 * asks for acceptance again where needed. People whose invitation is still queued are not told: it will show the new
 * state. Idempotent.
 */
export async function tellChange(db: Database, changeId: string, at: DateTime): Promise<void> {
  await db.transaction(async (tx) => {
    const settled = await settleChange(tx, changeId, at)
    if (!settled) return
    const { change, shift } = settled
    if (asksAgain(change, shift)) await askAgain(tx, shift.id, at)
    if (shift.startsAt <= at) return
    const [zone] = await tx.select({ name: zones.name }).from(zones).where(eq(zones.id, change.zoneId))
    const before = {
      startsAt: isoOf(change.startsAt),
      endsAt: isoOf(change.endsAt),
      zoneName: zone?.name ?? '',
      meetingPoint: change.meetingPoint,
    }
    const happening = {
      kind: 'change' as const,
      eventId: shift.eventId,
      cause: `change:${changeId}`,
      before,
      at,
    }
    for (let after: string | undefined = ''; after !== undefined; ) {
      const { some, next }: HoldersPage = await holders(tx, { shiftId: shift.id }, after)
      const told = some.filter(({ createdAt }) => createdAt < change.firstAt)
      const waiting = await waitingSubjects(
        tx,
        told.map(({ participationId }) => subject('participation', participationId)),
      )
      const who = told.filter((each) => !waiting.has(subject('participation', each.participationId)))
      await tell(tx, who, happening)
      after = next
    }
    await tellHeads(tx, { shiftId: shift.id }, { kind: 'inChargeMoved', cause: `change:${changeId}`, at })
  })
}

/** Asks for acceptance again. The old acceptance stays valid until the person answers. */
async function askAgain(tx: Writer, shiftId: string, at: DateTime): Promise<void> {
  await tx
    .update(assignments)
    .set({ askedAgainAt: at })
    .where(
      and(eq(assignments.shiftId, shiftId), isNull(assignments.freedAt), eq(assignments.answer, 'accepted')),
    )
}

/** Tells the holders of places on a cancelled shift. Must run before their places are released. Idempotent. */
export async function tellCancellation(db: Database, shiftId: string, at: DateTime): Promise<void> {
  const [shift] = await db.read.select().from(shifts).where(eq(shifts.id, shiftId))
  if (!shift || shift.endsAt <= at || !(await eventRow(db.read, shift.eventId)).publishedAt) return
  const cause = `cancellation:${shiftId}`
  const happening = { kind: 'cancellation' as const, eventId: shift.eventId, cause, before: null, at }
  const heads = { kind: 'inChargeCancelled' as const, cause, at }
  await db.transaction((tx) => tellHeads(tx, { shiftId }, heads))
  await tellAll(db, { shiftId }, (tx, some) => tell(tx, some, happening))
}

/**
 * Tells the holders of places on shifts that one act cancelled, each once with all of their shifts. Must run before
 * their places are released. Idempotent.
 */
export async function tellCancellations(
  db: Database,
  { id: cancellationId, eventId }: ShiftCancellationRow,
  at: DateTime,
): Promise<void> {
  const event = await eventRow(db.read, eventId)
  if (!event.publishedAt || event.cancelledAt) return
  const cause = `cancellations:${cancellationId}`
  const happening = { kind: 'cancellation' as const, eventId, cause, before: null, at }
  const heads = { kind: 'inChargeCancelled' as const, cause, at }
  await db.transaction((tx) => tellHeads(tx, { cancellationId }, heads))
  await tellAll(db, { cancellationId }, (tx, some) =>
    tell(
      tx,
      some.filter(({ endsAt }) => endsAt > at),
      happening,
    ),
  )
}

const cancellationKinds = [
  kindNames.event_cancellation,
  guardianKinds.event_cancellation,
  kindNames.unitCancelled,
  kindNames.inChargeCancelled,
]

/** Cancels the event's other messages and tells everybody who holds a place, once. Idempotent. */
export async function tellEventCancellation(db: Database, event: EventRow, at: DateTime): Promise<void> {
  const { id: eventId } = event
  await db.transaction((tx) =>
    cancelMessages(tx, { eventId, except: cancellationKinds, because: 'event_cancelled', at }),
  )
  if (!event.publishedAt || event.endsAt <= at) return
  const happening = {
    kind: 'event_cancellation' as const,
    eventId,
    cause: `event:${eventId}`,
    before: null,
    at,
  }
  const heads = { kind: 'inChargeCancelled' as const, cause: happening.cause, at }
  await db.transaction((tx) => tellHeads(tx, { eventId }, heads))
  await tellAll(db, { eventId }, (tx, some) => {
    const coming = some.filter(({ endsAt }) => endsAt > at)
    const byPerson = Map.groupBy(coming, ({ participationId }) => participationId)
    const people = [...byPerson.values()].map((own) => {
      const first = own.reduce((one, other) => (other.startsAt < one.startsAt ? other : one))
      return { ...first, assignmentId: null }
    })
    return tell(tx, people, happening)
  })
}

async function tellAll(
  db: Database,
  where: PlacesOf,
  work: (tx: Writer, some: HoldersPage['some']) => Promise<void>,
): Promise<void> {
  for (let after: string | undefined = ''; after !== undefined; ) {
    const from: string = after
    after = await db.transaction(async (tx) => {
      const { some, next } = await holders(tx, where, from)
      await work(tx, some)
      return next
    })
  }
}
