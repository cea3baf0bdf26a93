import { and, asc, eq, gt, inArray, isNull, ne, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { pages } from '#platform/database/pages.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { contactsFor } from './contacts.ts'
import { assignments, participations } from './schema.ts'
import { subject, subjectId } from './subjects.ts'

/** A participation with the contact to write to: the person's own, or the guardian's for a minor. */
export interface Invitee {
  participationId: string
  personId: string
  teamId: string | null
  minor: boolean
  linkGeneration: number
  /** Null: no usable contact is known, so a leader has to tell the person. */
  contactId: string | null
  contactKind: 'phone' | 'email' | null
  /** The held places on shifts that are not cancelled, in order of time. */
  assignments: { assignmentId: string; shiftId: string; startsAt: DateTime; answered: boolean }[]
}

/** SQL condition: the place is held, and its shift is not cancelled. */
const held = and(isNull(assignments.freedAt), isNull(shifts.cancelledAt))

/** The invitees of these participations. Those without a held place are absent. For a few hundred per call. */
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

/** All invitees of an event with a valid link, in order of participation. */
export async function invitees(db: Reader, eventId: string): Promise<Invitee[]> {
  const after = (last: { id: string } | undefined, size: number) =>
    db
      .select({ id: participations.id })
      .from(participations)
      .where(
        and(
          eq(participations.eventId, eventId),
          gt(participations.id, last?.id ?? ''),
          isNull(participations.linkRevokedAt),
        ),
      )
      .orderBy(asc(participations.id))
      .limit(size)
  const all: Invitee[] = []
  for await (const page of pages(after, pageSize)) {
    const ids = page.map(({ id }) => id)
    all.push(...(await inviteesOf(db, ids)))
  }
  return all
}

/**
 * `stillDue` for the subjects `participation:ID`: the link is valid, the event is not cancelled, and a place is held on
 * a shift that is not over.
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
          inArray(
            participations.id,
            some.map((each) => subjectId('participation', each)),
          ),
          isNull(participations.linkRevokedAt),
          isNull(events.cancelledAt),
          isNull(events.closedAt),
          or(isNull(participations.answer), ne(participations.answer, 'declined')),
          held,
          gt(shifts.endsAt, now),
        ),
      )
    for (const { id } of rows) due.add(subject('participation', id))
  })
  return due
}
