import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { attendances } from '#modules/attendance/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { namesShown, pathBelow } from '#modules/organisation/index.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import { fullCase } from './case-queries.ts'
import type { DutyView } from './contract.ts'

const shiftsMax = 50

/**
 * 现在谁在岗: the shifts that are on now in the zone of a case or below it, the teams that came and are still there, and who
 * is in charge, named as the reader may name people.
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
  const present = await presentTeams(
    db,
    on.map(({ shift }) => shift.id),
  )
  const nameOf = await namesShown(
    db,
    reader,
    on.map(({ inCharge }) => inCharge?.id ?? null),
  )
  return {
    shifts: on.map(({ shift, zone: place, inCharge }) => ({
      ...{ id: shift.id, eventId: shift.eventId, work: shift.work, zone: place },
      ...{ startsAt: isoOf(shift.startsAt), endsAt: isoOf(shift.endsAt) },
      inCharge: inCharge && nameOf(inCharge.id, inCharge.name),
      teams: (present.get(shift.id) ?? []).map(({ team, people }) => ({ ...team, present: people })),
    })),
  }
}

async function presentTeams(db: Reader, shiftIds: readonly string[]) {
  const rows = await db
    .select({
      shiftId: assignments.shiftId,
      team: { id: teams.id, name: teams.name },
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
    .groupBy(assignments.shiftId, teams.id, teams.name)
    .orderBy(asc(teams.name), asc(teams.id))
  return Map.groupBy(rows, ({ shiftId }) => shiftId)
}
