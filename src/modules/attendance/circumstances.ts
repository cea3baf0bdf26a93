/** What is asked only of those who may be minors, or who say where they are: most of a crowd needs none of it. */
import { and, eq, isNull, sql } from 'drizzle-orm'
import { dayIn } from '#modules/events/index.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { isMinorOn, isSensitiveOn } from '#modules/organisation/index.ts'
import { guardianConsents, memberships } from '#modules/organisation/schema.ts'
import { prepared, type Reader } from '#platform/database/port.ts'
import type { FoundAssignment } from './find-assignment.ts'
import { type Judgement, judge, noPosition, type Place } from './position.ts'
import { isPlainlyMinor, isPlainlyOfAge } from './rules.ts'

interface Circumstances {
  teamId: string | null
  zoneId: string
  timeZone: string
  isPupil: boolean
  hasConsent: boolean
}

const isPupil = sql<boolean>`exists (
  select 1 from ${memberships} where ${memberships.personId} = ${assignments.personId}
  and ${memberships.role} = 'pupil' and ${memberships.leftAt} is null)`.mapWith(Boolean)

const hasConsent = sql<boolean>`exists (
  select 1 from ${guardianConsents} where ${guardianConsents.personId} = ${assignments.personId}
  and ${guardianConsents.withdrawnAt} is null)`.mapWith(Boolean)

async function circumstancesOf(db: Reader, assignmentId: string): Promise<Circumstances> {
  const [found] = await prepared(db, 'attendance_circumstances', (on) =>
    on
      .select({
        teamId: assignments.teamId,
        zoneId: shifts.zoneId,
        timeZone: events.timeZone,
        isPupil,
        hasConsent,
      })
      .from(assignments)
      .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
      .innerJoin(events, eq(events.id, assignments.eventId))
      .where(eq(assignments.id, sql.placeholder('id')))
      .prepare('attendance_circumstances'),
  ).execute({ id: assignmentId })
  return found as Circumstances
}

/** What the position proves. Of somebody under 14 no location is kept, not even a judgement (PIPL 28, 31). */
export async function judgePosition(db: Reader, found: FoundAssignment, position: Place): Promise<Judgement> {
  const { zoneId, timeZone, isPupil } = await circumstancesOf(db, found.id)
  const day = dayIn(found.startsAt, timeZone)
  if (isSensitiveOn(found.birthDate, isPupil ? ['pupil'] : [], day)) return noPosition
  const [zone] = await db
    .select({
      boundary: zones.boundary,
      centreLatitude: zones.centreLatitude,
      centreLongitude: zones.centreLongitude,
    })
    .from(zones)
    .where(eq(zones.id, zoneId))
  return zone ? judge(position, zone) : noPosition
}

/** A minor without consent or accompaniment: presence is recorded for safety, and the leader is told. */
export async function lacksConsent(db: Reader, found: FoundAssignment): Promise<boolean> {
  const { birthDate, startsAt } = found
  if (isPlainlyOfAge(birthDate, startsAt)) return false
  const around = await circumstancesOf(db, found.id)
  const minor =
    isPlainlyMinor(birthDate, startsAt) ||
    isMinorOn(birthDate, around.isPupil ? ['pupil'] : [], dayIn(startsAt, around.timeZone))
  return minor && !around.hasConsent && !(await isAccompanied(db, found.shiftId, around.teamId))
}

/** Whether a teacher of the same class stands on the same shift: a school's own teachers count as accompaniment. */
async function isAccompanied(db: Reader, shiftId: string, teamId: string | null): Promise<boolean> {
  if (!teamId) return false
  const teachers = await db
    .select({ id: assignments.id })
    .from(assignments)
    .innerJoin(
      memberships,
      and(eq(memberships.personId, assignments.personId), eq(memberships.teamId, teamId)),
    )
    .where(
      and(
        eq(assignments.shiftId, shiftId),
        isNull(assignments.cancelledAt),
        isNull(memberships.leftAt),
        eq(memberships.role, 'teacher'),
      ),
    )
    .limit(1)
  return teachers.length > 0
}
