import { and, asc, eq, isNull, or } from 'drizzle-orm'
import type { EventRow } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { seenPlaces } from './notices/seen-places.ts'
import { allotments, numberOnlyTeams, signUps } from './schema.ts'

interface Query {
  shiftId?: string
  teamId?: string
  unitId?: string
  cursor?: string
  limit?: number
}

function selectAllotments(db: Reader) {
  return db
    .select({
      allotment: allotments,
      shift: { work: shifts.work, startsAt: shifts.startsAt, endsAt: shifts.endsAt },
      zone: { id: zones.id, name: zones.name },
      teamName: teams.name,
      unitId: units.id,
      unitName: units.name,
      numberOnlyId: numberOnlyTeams.id,
    })
    .from(allotments)
    .innerJoin(shifts, eq(shifts.id, allotments.shiftId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(teams, eq(teams.id, allotments.teamId))
    .leftJoin(units, eq(units.id, teams.unitId))
    .leftJoin(
      numberOnlyTeams,
      and(eq(numberOnlyTeams.eventId, allotments.eventId), eq(numberOnlyTeams.teamId, allotments.teamId)),
    )
}
export type FullAllotment = Awaited<ReturnType<typeof selectAllotments>>[number]

/**
 * Allotments of an event: all for its organiser, those in the district's zones for a district office, else those of own
 * teams.
 */
export async function listAllotments(db: Reader, event: EventRow, reach: Reach, query: Query) {
  const { shiftId, teamId, unitId, cursor, limit = 50 } = query
  const seen = await seenPlaces(db, reach, event)
  const rows = await selectAllotments(db)
    .where(
      and(
        eq(allotments.eventId, event.id),
        seen && or(seen.team, seen.zone),
        shiftId ? eq(allotments.shiftId, shiftId) : undefined,
        teamId ? eq(allotments.teamId, teamId) : undefined,
        unitId ? eq(teams.unitId, unitId) : undefined,
        after([allotments.id], cursor),
      ),
    )
    .orderBy(asc(allotments.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ allotment }) => [allotment.id])
}

/** One allotment, which must exist. */
export async function fullAllotment(db: Reader, allotmentId: string): Promise<FullAllotment> {
  const [found] = await selectAllotments(db).where(eq(allotments.id, allotmentId))
  return found as FullAllotment
}

function selectSignUps(db: Reader) {
  return db
    .select({ signUp: signUps, personName: persons.name, teamName: teams.name })
    .from(signUps)
    .innerJoin(persons, eq(persons.id, signUps.personId))
    .innerJoin(teams, eq(teams.id, signUps.teamId))
}
export type FullSignUp = Awaited<ReturnType<typeof selectSignUps>>[number]

/** Sign-ups of an event that were not withdrawn. */
export async function listSignUps(db: Reader, event: EventRow, reach: Reach, query: Query) {
  const { teamId, unitId, cursor, limit = 50 } = query
  const seen = await seenPlaces(db, reach, event)
  const rows = await selectSignUps(db)
    .where(
      and(
        eq(signUps.eventId, event.id),
        isNull(signUps.withdrawnAt),
        seen?.team,
        teamId ? eq(signUps.teamId, teamId) : undefined,
        unitId ? eq(teams.unitId, unitId) : undefined,
        after([signUps.id], cursor),
      ),
    )
    .orderBy(asc(signUps.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ signUp }) => [signUp.id])
}
