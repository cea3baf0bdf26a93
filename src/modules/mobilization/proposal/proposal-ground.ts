import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type events, shiftSeats, shifts } from '#modules/events/schema.ts'
import { persons } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { pages } from '#platform/database/pages.ts'
import type { Reader } from '#platform/database/port.ts'
import { isClosed } from '../facts.ts'
import { allotments, assignments } from '../schema.ts'
import { membersOfTeams, type TeamMember } from '../team-members.ts'
import type { OpenShift } from './proposal-rules.ts'

type Event = typeof events.$inferSelect
export type Standing = Pick<
  typeof assignments.$inferSelect,
  | 'id'
  | 'personId'
  | 'shiftId'
  | 'teamId'
  | 'unitId'
  | 'allotmentId'
  | 'origin'
  | 'pinned'
  | 'answer'
  | 'minor'
  | 'freedAt'
  | 'excusedAt'
> & { participationId: string; humanId: string | null }

/** What a `Standing` is read from: `assignments` joined with `persons`. */
export const standingColumns = {
  id: assignments.id,
  participationId: assignments.participationId,
  personId: assignments.personId,
  shiftId: assignments.shiftId,
  teamId: assignments.teamId,
  unitId: assignments.unitId,
  allotmentId: assignments.allotmentId,
  origin: assignments.origin,
  pinned: assignments.pinned,
  answer: assignments.answer,
  minor: assignments.minor,
  freedAt: assignments.freedAt,
  excusedAt: assignments.excusedAt,
  humanId: persons.humanId,
}

/** All assignments of the event that are not cancelled. Read in pages, because there are many. */
export async function standingIn(db: Reader, eventId: string): Promise<Standing[]> {
  const after = (last: { id: string } | undefined, size: number) =>
    db
      .select(standingColumns)
      .from(assignments)
      .innerJoin(persons, eq(persons.id, assignments.personId))
      .where(
        and(
          eq(assignments.eventId, eventId),
          gt(assignments.id, last?.id ?? ''),
          isNull(assignments.cancelledAt),
        ),
      )
      .orderBy(asc(assignments.id))
      .limit(size)
  const all: Standing[] = []
  for await (const some of pages(after, 1000)) all.push(...some)
  return all
}

/** The shifts of the event with their free seats, by id. */
export async function openShifts(db: Reader, event: Event, at: DateTime): Promise<Map<string, OpenShift>> {
  const rows = await db
    .select({ shift: shifts, taken: shiftSeats.taken, max: shiftSeats.max })
    .from(shifts)
    .innerJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
    .where(eq(shifts.eventId, event.id))
  return new Map(
    rows.map(({ shift, taken, max }) => {
      const { id, startsAt, endsAt, minorsAllowed } = shift
      return [
        id,
        { id, startsAt, endsAt, minorsAllowed, closed: isClosed({ shift, event }, at), left: max - taken },
      ]
    }),
  )
}

/** The allotments of the event. */
export async function allotmentRows(db: Reader, eventId: string) {
  return db.select().from(allotments).where(eq(allotments.eventId, eventId)).orderBy(asc(allotments.id))
}

/** The current members of these teams, by `PERSON TEAM`. */
export async function membersByTeam(
  db: Reader,
  keys: KeyRing,
  event: Event,
  teamIds: readonly string[],
): Promise<Map<string, TeamMember>> {
  const members = await membersOfTeams(db, keys, event, teamIds)
  return new Map(members.map((member) => [`${member.personId} ${member.teamId}`, member]))
}
