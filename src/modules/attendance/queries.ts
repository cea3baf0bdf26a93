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
import { attendances } from './schema.ts'
import type { Attendance } from './statements.ts'

export interface RollRequest {
  shiftId: string
  reach: Reach
  /** Only those who should be here and are not. */
  missing: boolean
  cursor?: string
  limit: number
  now: DateTime
}

/**
 * The people of a shift as far as the reach goes, in order of name; cancelled assignments only if somebody came.
 * `missing`: from the start of the shift on, whoever has not come and neither declined nor was excused.
 * @throws DomainError `shift.missing`
 */
export async function rollOf(db: Reader, { shiftId, reach, missing, cursor, limit, now }: RollRequest) {
  const [shift] = await db.select({ startsAt: shifts.startsAt }).from(shifts).where(eq(shifts.id, shiftId))
  if (!shift) throw new DomainError('missing', 'shift.missing', 'There is no such shift.')
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
        teamsWithin(db, reach),
        missing ? and(now < shift.startsAt ? sql`1 = 0` : undefined, isMissing()) : isOnRoll(),
        after([persons.pinyin, assignments.id], cursor),
      ),
    )
    .orderBy(asc(persons.pinyin), asc(assignments.id))
    .limit(limit + 1)
  return pageOf(rows, limit, (row) => [row.person.pinyin, row.assignmentId])
}
export type RollRow = Awaited<ReturnType<typeof rollOf>>['items'][number]

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

/** What was recorded of somebody in an event, by assignment. */
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
