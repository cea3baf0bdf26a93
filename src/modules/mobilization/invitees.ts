import { and, asc, eq, gt, inArray, isNull, ne, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { contactsFor } from './contacts.ts'
import { assignments, participations } from './schema.ts'

/** Whom to write to about one participation: the contact is the person's own, or the guardian's for a minor. */
export interface Invitee {
  participationId: string
  personId: string
  teamId: string | null
  minor: boolean
  linkGeneration: number
  /** Null: no usable contact is known; the leader has to tell them. */
  contactId: string | null
  contactKind: 'phone' | 'email' | null
  /** Shifts that are live, in order of time. */
  assignments: { assignmentId: string; shiftId: string; startsAt: DateTime; answered: boolean }[]
}

/** A place that is held on a shift that takes place. */
const held = and(isNull(assignments.freedAt), isNull(shifts.cancelledAt))

/** These participations as invitees; those that hold no place are absent. A few hundred at once. */
export async function inviteesOf(db: Reader, participationIds: readonly string[]): Promise<Invitee[]> {
  if (participationIds.length === 0) return []
  const rows = await db
    .select({ participation: participations, assignment: assignments, startsAt: shifts.startsAt })
    .from(participations)
    .innerJoin(assignments, eq(assignments.participationId, participations.id))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .where(and(inArray(participations.id, [...participationIds]), held))
    .orderBy(asc(participations.id), asc(shifts.startsAt), asc(shifts.id))
  const grouped = [...Map.groupBy(rows, ({ participation }) => participation.id).values()]
  const people = grouped.map((each) => ({
    personId: each[0]!.participation.personId,
    minor: each.some(({ assignment }) => assignment.minor),
  }))
  const contacts = await contactsFor(db, people)
  return grouped.map((each, at) => {
    const { participation } = each[0]!
    const contact = contacts.get(participation.personId)
    return {
      participationId: participation.id,
      personId: participation.personId,
      teamId: participation.teamId,
      minor: people[at]!.minor,
      linkGeneration: participation.linkGeneration,
      contactId: contact?.contactId ?? null,
      contactKind: contact?.kind ?? null,
      assignments: each.map(({ assignment, startsAt }) => {
        return {
          assignmentId: assignment.id,
          shiftId: assignment.shiftId,
          startsAt,
          answered: assignment.answer !== null,
        }
      }),
    }
  })
}

const pageSize = 500

/** Everybody of an event who holds a place and whose link works, in order of participation. */
export async function invitees(db: Reader, eventId: string): Promise<Invitee[]> {
  const all: Invitee[] = []
  for (let after = ''; ; ) {
    const page = await db
      .select({ id: participations.id })
      .from(participations)
      .where(
        and(
          eq(participations.eventId, eventId),
          gt(participations.id, after),
          isNull(participations.linkRevokedAt),
        ),
      )
      .orderBy(asc(participations.id))
      .limit(pageSize)
    const ids = page.map(({ id }) => id)
    all.push(...(await inviteesOf(db, ids)))
    if (ids.length < pageSize) return all
    after = ids.at(-1) as string
    await new Promise((turn) => setImmediate(turn))
  }
}

export const subjectOf = (participationId: string) => `participation:${participationId}`
export const participationIdOf = (subject: string) => subject.replace(/^participation:/, '')

/**
 * Which of the subjects (`participation:ID`) still have something to be told: a place that is held on a shift that
 * is not over, a link that works, an event that takes place.
 */
export async function stillDue(db: Reader, subjects: readonly string[], now: DateTime): Promise<Set<string>> {
  const due = new Set<string>()
  await inChunks(subjects, 500, async (some) => {
    const rows = await db
      .selectDistinct({ id: participations.id })
      .from(participations)
      .innerJoin(events, eq(events.id, participations.eventId))
      .innerJoin(assignments, eq(assignments.participationId, participations.id))
      .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
      .where(
        and(
          inArray(participations.id, some.map(participationIdOf)),
          isNull(participations.linkRevokedAt),
          isNull(events.cancelledAt),
          isNull(events.closedAt),
          or(isNull(participations.answer), ne(participations.answer, 'declined')),
          held,
          gt(shifts.endsAt, now),
        ),
      )
    for (const { id } of rows) due.add(subjectOf(id))
  })
  return due
}
