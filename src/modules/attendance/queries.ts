import { and, asc, eq, getTableColumns, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { shifts } from '#modules/events/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { teamsWithin } from '#modules/organisation/index.ts'
import { persons, teams } from '#modules/organisation/schema.ts'
import { prepared, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isInCharge } from './duties.ts'
import { attendances } from './schema.ts'
import type { Attendance } from './statements.ts'

/** Hours before and after a shift in which its person in charge sees everybody on it, from all teams. */
export const aroundHours = 2

export interface RollRequest {
  shiftId: string
  reach: Reach
  /** The person linked to the user's account. The person in charge sees the whole shift around its time. */
  personId: string | null
  /** Only people who should be present and are not. */
  missing: boolean
  cursor?: string
  limit: number
  now: DateTime
}

/**
 * The people of a shift within reach, ordered by name. Cancelled assignments are listed only if the person came.
 * `missing`: after the start, people who have not arrived and neither declined nor were excused.
 * @throws DomainError `shift.missing`
 */
export async function rollOf(db: Reader, request: RollRequest) {
  const { shiftId, reach, personId, missing, cursor, limit, now } = request
  const [shift] = await db
    .select({
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
      inChargePersonId: shifts.inChargePersonId,
      deputyPersonId: shifts.deputyPersonId,
    })
    .from(shifts)
    .where(eq(shifts.id, shiftId))
  if (!shift) throw new DomainError('missing', 'shift.missing', 'There is no such shift.')
  const within = teamsWithin(db, reach)
  // For pupils of other schools the person in charge sees only counts.
  const around =
    isInCharge(shift, personId) && isAround(shift, now) ? eq(assignments.minor, false) : undefined
  const rows = await db
    .select({
      assignmentId: assignments.id,
      person: { id: persons.id, name: persons.name, pinyin: persons.pinyin },
      team: { id: teams.id, name: teams.name },
      answer: assignments.answer,
      excusedAt: assignments.excusedAt,
      attendance: attendances,
    })
    .from(assignments)
    .innerJoin(persons, eq(persons.id, assignments.personId))
    .leftJoin(teams, eq(teams.id, assignments.teamId))
    .leftJoin(attendances, eq(attendances.assignmentId, assignments.id))
    .where(
      and(
        eq(assignments.shiftId, shiftId),
        within && around ? or(within, around) : within,
        missing ? and(now < shift.startsAt ? sql`1 = 0` : undefined, isMissing()) : isOnRoll(),
        after([persons.pinyin, assignments.id], cursor),
      ),
    )
    .orderBy(asc(persons.pinyin), asc(assignments.id))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.person.pinyin, row.assignmentId])
}
export type RollRow = Awaited<ReturnType<typeof rollOf>>['items'][number]

/** Whether it is between two hours before and two hours after the shift. */
export function isAround(
  { startsAt, endsAt }: { startsAt: DateTime; endsAt: DateTime },
  now: DateTime,
): boolean {
  return now >= startsAt.minus({ hours: aroundHours }) && now < endsAt.plus({ hours: aroundHours })
}

function isOnRoll(): SQL | undefined {
  return or(isNull(assignments.cancelledAt), sql`${attendances.checkInAt} is not null`)
}

function isMissing(): SQL | undefined {
  return and(
    isNull(attendances.checkInAt),
    isNull(assignments.cancelledAt),
    isNull(assignments.excusedAt),
    or(isNull(assignments.answer), ne(assignments.answer, 'declined')),
  )
}

/** The attendances of one participation, by assignment. */
export async function attendancesOfParticipation(
  db: Reader,
  participationId: string,
): Promise<Map<string, Attendance>> {
  const rows = await prepared(db, 'attendance_of_participation', (on) =>
    on
      .select(getTableColumns(attendances))
      .from(attendances)
      .innerJoin(assignments, eq(assignments.id, attendances.assignmentId))
      .where(eq(assignments.participationId, sql.placeholder('participationId')))
      .prepare('attendance_of_participation'),
  ).execute({ participationId })
  return new Map(rows.map((row) => [row.assignmentId, row]))
}
