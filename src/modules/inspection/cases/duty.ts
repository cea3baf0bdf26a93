import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { attendances } from '#modules/attendance/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { districtHolds, namesShown, pathBelow, teamsWithin } from '#modules/organisation/index.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { type Actor, reachOf } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import { fullCase } from './case-queries.ts'
import type { DutyView } from './contract.ts'

const shiftsMax = 50
/** A team of fewer out of reach is not named: it would be its people that are named. */
const namedHeads = 10

/**
 * 现在谁在岗: the shifts that are on now in the zone of a case or below it, the teams that came and are still there, and who
 * is in charge, named as the reader may name people. Of teams out of reach, elsewhere than in the reader's district, those of ten
 * and more are named, and no classes: where pupils are now is not for whoever owes a case.
 * @throws DomainError `case.missing`
 */
export async function dutyOf(
  db: Reader,
  caseId: string,
  { reader, at }: { reader: Actor; at: DateTime },
): Promise<DutyView> {
  const { row } = await fullCase(db, caseId, reader)
  const [zone] = await db.select({ path: zones.path }).from(zones).where(eq(zones.id, row.zoneId))
  const on = await db
    .select({
      shift: {
        id: shifts.id,
        eventId: shifts.eventId,
        work: shifts.work,
        startsAt: shifts.startsAt,
        endsAt: shifts.endsAt,
      },
      zone: { id: zones.id, name: zones.name },
      districtCode: zones.districtCode,
      inCharge: { id: persons.id, name: persons.name },
    })
    .from(shifts)
    .innerJoin(events, eq(events.id, shifts.eventId))
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .leftJoin(persons, eq(persons.id, shifts.inChargePersonId))
    .where(
      and(
        pathBelow(zones.path, zone!.path),
        lte(shifts.startsAt, at),
        gt(shifts.endsAt, at),
        isNull(shifts.cancelledAt),
        isNotNull(events.publishedAt),
        isNull(events.cancelledAt),
      ),
    )
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
    .limit(shiftsMax)
  const reach = reachOf(reader, 'teams.read')
  const holds = (district: string | null) =>
    reach.everything || (district !== null && reach.codes.some((each) => districtHolds(each, district)))
  const present = await presentTeams(
    db,
    on.map(({ shift }) => shift.id),
  )
  const all = [...present.values()].flat().map(({ team }) => team.id)
  const reached = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(inArray(teams.id, [...new Set(all)]), teamsWithin(db, reach)))
  const own = new Set(reached.map(({ id }) => id))
  const nameOf = await namesShown(
    db,
    reader,
    on.map(({ inCharge }) => inCharge?.id ?? null),
  )
  return {
    shifts: on.map(({ shift, zone: place, districtCode, inCharge }) => ({
      ...{ id: shift.id, eventId: shift.eventId, work: shift.work, zone: place },
      ...{ startsAt: isoOf(shift.startsAt), endsAt: isoOf(shift.endsAt) },
      inCharge: inCharge && nameOf(inCharge.id, inCharge.name),
      teams: (present.get(shift.id) ?? []).flatMap(({ team: { kind, ...team }, people }) =>
        holds(districtCode) || own.has(team.id) || (kind !== 'class' && people >= namedHeads)
          ? { ...team, present: people }
          : [],
      ),
    })),
  }
}

async function presentTeams(db: Reader, shiftIds: readonly string[]) {
  const rows = await db
    .select({
      shiftId: assignments.shiftId,
      team: { id: teams.id, name: teams.name, kind: teams.kind },
      people: sql<number>`count(*)`.mapWith(Number),
    })
    .from(assignments)
    .innerJoin(attendances, eq(attendances.assignmentId, assignments.id))
    .innerJoin(teams, eq(teams.id, assignments.teamId))
    .where(
      and(
        inArray(assignments.shiftId, [...shiftIds]),
        isNotNull(attendances.checkInAt),
        isNull(attendances.checkOutAt),
      ),
    )
    .groupBy(assignments.shiftId, teams.id, teams.name, teams.kind)
    .orderBy(asc(teams.name), asc(teams.id))
  return Map.groupBy(rows, ({ shiftId }) => shiftId)
}
