/**
 * The second read of a check-in. Only possible minors and people who send a position need it, so most check-ins skip
 * it.
 */
import { and, eq, isNull, sql } from 'drizzle-orm'
import { events, shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { birthOf, consentsFor, isMinorOn, isSensitiveOn } from '#modules/organisation/index.ts'
import { memberships, personContacts, persons } from '#modules/organisation/schema.ts'
import type { KeyRing, SealedText } from '#platform/crypto/index.ts'
import { prepared, type Reader } from '#platform/database/port.ts'
import { dayIn } from '#platform/time.ts'
import type { FoundAssignment } from './find-assignment.ts'
import { type Judgement, judge, noPosition, type Place } from './position.ts'
import { isPlainlyMinor, isPlainlyOfAge } from './rules.ts'

interface Circumstances {
  teamId: string | null
  zoneId: string
  timeZone: string
  particulars: SealedText | null
  isPupil: boolean
  personId: string
  eventId: string
}

/** Whether the person is or was a pupil. If so, an unknown age is treated as a minor's. */
const isPupil = sql<boolean>`exists (
  select 1 from ${persons} where ${persons.id} = ${assignments.personId}
  and ${persons.pupilAt} is not null)`.mapWith(Boolean)

type Asked = Pick<FoundAssignment, 'id'>
/** Cache: one read for each assignment found, shared by the question who reads the link and the question of consent. */
const known = new WeakMap<Asked, Promise<Circumstances>>()

function circumstancesOf(db: Reader, found: Asked): Promise<Circumstances> {
  const asked = known.get(found) ?? readCircumstances(db, found.id)
  known.set(found, asked)
  return asked
}

async function readCircumstances(db: Reader, assignmentId: string): Promise<Circumstances> {
  const [found] = await prepared(db, 'attendance_circumstances', (on) =>
    on
      .select({
        teamId: assignments.teamId,
        zoneId: shifts.zoneId,
        timeZone: events.timeZone,
        particulars: persons.particulars,
        personId: assignments.personId,
        eventId: assignments.eventId,
        isPupil,
      })
      .from(assignments)
      .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
      .innerJoin(events, eq(events.id, assignments.eventId))
      .innerJoin(persons, eq(persons.id, assignments.personId))
      .where(eq(assignments.id, sql.placeholder('id')))
      .prepare('attendance_circumstances'),
  ).execute({ id: assignmentId })
  return found as Circumstances
}

const bornAs = (
  keys: KeyRing,
  { birthYear }: Pick<FoundAssignment, 'birthYear'>,
  { personId: id, particulars }: Pick<Circumstances, 'personId' | 'particulars'>,
) => birthOf(keys, { id, birthYear, particulars })

/**
 * What the position proves. For a person under 14 nothing about the location is stored, not even the judgement (PIPL
 * 28, 31).
 */
export async function judgePosition(
  db: Reader,
  keys: KeyRing,
  found: FoundAssignment,
  position: Place,
): Promise<Judgement> {
  const around = await circumstancesOf(db, found)
  const { zoneId, timeZone, isPupil } = around
  const day = dayIn(found.startsAt, timeZone)
  if (isSensitiveOn(bornAs(keys, found, around), isPupil ? ['pupil'] : [], day)) return noPosition
  const [zone] = await prepared(db, 'attendance_zone', (on) =>
    on
      .select({
        boundary: zones.boundary,
        centreLatitude: zones.centreLatitude,
        centreLongitude: zones.centreLongitude,
      })
      .from(zones)
      .where(eq(zones.id, sql.placeholder('zoneId')))
      .prepare('attendance_zone'),
  ).execute({ zoneId })
  return zone ? judge(position, zone) : noPosition
}

/**
 * Whether a guardian reads the link: the person is a minor without a phone number of their own. Teachers check pupils
 * in, because a guardian at home cannot confirm that a child arrived.
 */
export async function isReadByGuardian(
  db: Reader,
  keys: KeyRing,
  found: Pick<FoundAssignment, 'id' | 'birthYear' | 'startsAt'>,
): Promise<boolean> {
  const { birthYear, startsAt } = found
  if (isPlainlyOfAge(birthYear, startsAt)) return false
  const around = await circumstancesOf(db, found)
  const { isPupil, timeZone, personId } = around
  if (!isMinorOn(bornAs(keys, found, around), isPupil ? ['pupil'] : [], dayIn(startsAt, timeZone)))
    return false
  return hasGuardiansNumbersOnly(db, personId)
}

/** Whether the person can be reached only by numbers of other people. */
export async function hasGuardiansNumbersOnly(db: Reader, personId: string): Promise<boolean> {
  const numbers = await prepared(db, 'attendance_relations', (on) =>
    on
      .select({ relation: personContacts.relation })
      .from(personContacts)
      .where(eq(personContacts.personId, sql.placeholder('personId')))
      .prepare('attendance_relations'),
  ).execute({ personId })
  return numbers.length > 0 && numbers.every(({ relation }) => relation !== 'own')
}

/**
 * Whether consent is missing: the guardian of a minor refused, or there is neither consent nor accompaniment. The
 * arrival is still recorded for safety, and the leader sees a flag.
 */
export async function lacksConsent(db: Reader, keys: KeyRing, found: FoundAssignment): Promise<boolean> {
  const { birthYear, startsAt } = found
  if (isPlainlyOfAge(birthYear, startsAt)) return false
  const around = await circumstancesOf(db, found)
  const { personId, eventId, timeZone } = around
  const day = dayIn(startsAt, timeZone)
  const minor =
    isPlainlyMinor(birthYear, startsAt) ||
    isMinorOn(bornAs(keys, found, around), around.isPupil ? ['pupil'] : [], day)
  if (!minor) return false
  const consents = await consentsFor(db, keys, [personId], { eventId, day })
  const said = consents.get(personId) ?? 'none'
  if (said !== 'none') return said === 'refused'
  return !(await isAccompanied(db, found.shiftId, around.teamId))
}

/** Whether a teacher of the same class is on the same shift. A school's own teachers count as accompaniment. */
async function isAccompanied(db: Reader, shiftId: string, teamId: string | null): Promise<boolean> {
  if (!teamId) return false
  const { placeholder } = sql
  const teachers = await prepared(db, 'attendance_teachers', (on) =>
    on
      .select({ id: assignments.id })
      .from(assignments)
      .innerJoin(
        memberships,
        and(eq(memberships.personId, assignments.personId), eq(memberships.teamId, placeholder('teamId'))),
      )
      .where(
        and(
          eq(assignments.shiftId, placeholder('shiftId')),
          // Whoever declined or was excused is not with their class.
          isNull(assignments.freedAt),
          isNull(memberships.leftAt),
          eq(memberships.role, 'teacher'),
        ),
      )
      .limit(1)
      .prepare('attendance_teachers'),
  ).execute({ shiftId, teamId })
  return teachers.length > 0
}
