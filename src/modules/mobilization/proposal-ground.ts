import { and, asc, eq, gt, isNull, lt, ne } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type events, shiftSeats, shifts } from '#modules/events/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { isClosed } from './facts.ts'
import type { Ground, OpenShift } from './proposal-rules.ts'
import { allotments, assignments } from './schema.ts'
import { membersOfTeams, type TeamMember } from './team-members.ts'

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
> & { participationId: string }

/** Every assignment of the event that was not cancelled; read in pieces, for there are many. */
export async function standingIn(db: Reader, eventId: string): Promise<Standing[]> {
  const all: Standing[] = []
  for (let after = ''; ; ) {
    const some = await db
      .select({
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
      })
      .from(assignments)
      .where(
        and(eq(assignments.eventId, eventId), gt(assignments.id, after), isNull(assignments.cancelledAt)),
      )
      .orderBy(asc(assignments.id))
      .limit(1000)
    all.push(...some)
    if (some.length < 1000) return all
    after = some.at(-1)!.id
    await turn()
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

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

export async function allotmentRows(db: Reader, eventId: string) {
  return db.select().from(allotments).where(eq(allotments.eventId, eventId)).orderBy(asc(allotments.id))
}

/** Who is in these teams now, by `PERSON TEAM`. */
export async function membersByTeam(
  db: Reader,
  event: Event,
  teamIds: readonly string[],
): Promise<Map<string, TeamMember>> {
  const members = await membersOfTeams(db, event, teamIds)
  return new Map(members.map((member) => [`${member.personId} ${member.teamId}`, member]))
}

/** Places held in other events while this one lasts, by person. */
export async function busyElsewhere(db: Reader, event: Event): Promise<Ground['busy']> {
  const rows = await db
    .select({ personId: assignments.personId, startsAt: shifts.startsAt, endsAt: shifts.endsAt })
    .from(shifts)
    .innerJoin(assignments, eq(assignments.shiftId, shifts.id))
    .where(
      and(
        ne(shifts.eventId, event.id),
        lt(shifts.startsAt, event.endsAt),
        gt(shifts.endsAt, event.startsAt),
        isNull(assignments.freedAt),
      ),
    )
  return Map.groupBy(rows, ({ personId }) => personId)
}
