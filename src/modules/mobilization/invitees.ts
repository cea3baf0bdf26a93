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
/** How many participations are told at once: one for each contact, or all of a contact with more. */
const toldAtOnce = 200

/**
 * All participations of an event with a held place and a valid link, a few hundred ids at a time. All participations of
 * one contact come together, so that it gets one message; for that only ids are kept in memory.
 * @returns the ids, and how many participations no contact reaches
 */
export async function reachedByContact(
  db: Reader,
  eventId: string,
  atOnce = toldAtOnce,
): Promise<{ reached: string[][]; unreachable: number }> {
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
  const byContact = new Map<string, string[]>()
  let unreachable = 0
  for await (const page of pages(after, pageSize)) {
    const people = await holders(
      db,
      page.map(({ id }) => id),
    )
    const contacts = await contactsFor(db, people)
    for (const { id, personId } of people) {
      const contact = contacts.get(personId)?.contactId
      if (contact === undefined) unreachable++
      else if (byContact.has(contact)) byContact.get(contact)!.push(id)
      else byContact.set(contact, [id])
    }
  }
  const reached: string[][] = []
  for (const ids of byContact.values()) {
    const last = reached.at(-1)
    if (last && last.length + ids.length <= atOnce) last.push(...ids)
    else reached.push([...ids])
  }
  return { reached, unreachable }
}

/** Those of these participations that hold a place, and whether as a minor. */
async function holders(db: Reader, participationIds: readonly string[]) {
  const rows = await db
    .select({ id: participations.id, personId: participations.personId, minor: assignments.minor })
    .from(participations)
    .innerJoin(assignments, eq(assignments.participationId, participations.id))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .where(and(inArray(participations.id, [...participationIds]), held))
    .orderBy(asc(participations.id))
  const found = new Map<string, (typeof rows)[number]>()
  for (const row of rows) {
    const known = found.get(row.id)
    if (!known) found.set(row.id, row)
    else known.minor ||= row.minor
  }
  return [...found.values()]
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
