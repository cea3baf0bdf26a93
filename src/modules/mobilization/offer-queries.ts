import { and, asc, eq, isNull, or, type SQL } from 'drizzle-orm'
import { type EventRow, reachesUnit } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { districtCovers, teamsWithin } from '#modules/organisation/index.ts'
import { persons, teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { allotments, signUps } from './schema.ts'

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
      shift: { task: shifts.task, startsAt: shifts.startsAt, endsAt: shifts.endsAt },
      zone: { id: zones.id, name: zones.name },
      teamName: teams.name,
      unitId: units.id,
      unitName: units.name,
    })
    .from(allotments)
    .innerJoin(shifts, eq(shifts.id, allotments.shiftId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .innerJoin(teams, eq(teams.id, allotments.teamId))
    .leftJoin(units, eq(units.id, teams.unitId))
}
export type FullAllotment = Awaited<ReturnType<typeof selectAllotments>>[number]

/** Heads held in an event: all for its organiser, in its zones for a district's office, of one's teams for the rest. */
export async function listAllotments(db: Reader, event: EventRow, reach: Reach, query: Query) {
  const { shiftId, teamId, unitId, cursor, limit = 50 } = query
  const all = await reachesUnit(db, reach, event.organiserUnitId)
  const rows = await selectAllotments(db)
    .where(
      and(
        eq(allotments.eventId, event.id),
        all || reach.everything ? undefined : or(teamsWithin(db, reach), inDistricts(reach.districtCodes)),
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

function inDistricts(codes: readonly string[]): SQL | undefined {
  return or(...codes.map((code) => districtCovers(zones.districtCode, code)))
}

/** One allotment, after it was found to be there. */
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

/** Who was offered for an event and not taken back. */
export async function listSignUps(db: Reader, event: EventRow, reach: Reach, query: Query) {
  const { teamId, unitId, cursor, limit = 50 } = query
  const all = await reachesUnit(db, reach, event.organiserUnitId)
  const rows = await selectSignUps(db)
    .where(
      and(
        eq(signUps.eventId, event.id),
        isNull(signUps.withdrawnAt),
        all ? undefined : teamsWithin(db, reach),
        teamId ? eq(signUps.teamId, teamId) : undefined,
        unitId ? eq(teams.unitId, unitId) : undefined,
        after([signUps.id], cursor),
      ),
    )
    .orderBy(asc(signUps.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ signUp }) => [signUp.id])
}
