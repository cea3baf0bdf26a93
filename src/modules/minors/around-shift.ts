import { and, asc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { users } from '#modules/accounts/schema.ts'
import { events, shifts } from '#modules/events/schema.ts'
import { assignments } from '#modules/mobilization/schema.ts'
import { guardiansInClear, type RevelationReceipt, searchNameOf } from '#modules/organisation/index.ts'
import { memberships, persons, teams } from '#modules/organisation/schema.ts'
import { record, recordAll } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, type Reach, reachesNothing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { emergencies } from './schema.ts'

/** Hours before and after a shift in which its teachers and its person in charge may reach guardians. */
const aroundHours = 2

interface Asking {
  shiftId: string
  by: Actor
  at: DateTime
}

/**
 * The pupils on a shift whose guardians' numbers this teacher may see now, with the moment until which they may.
 * @throws DomainError `shift.missing`; forbidden `guardians.not_teacher`; conflict `guardians.not_now`
 */
export async function pupilsOfTeacher(db: Reader, { shiftId, by, at }: Asking) {
  const shift = await shiftOf(db, shiftId)
  const pupils = await pupilsOn(db, shiftId, { teamIds: await classesOf(db, by) })
  if (pupils.length === 0) {
    const message = 'Only the teachers of a class on this shift see the numbers of its guardians.'
    throw new DomainError('forbidden', 'guardians.not_teacher', message)
  }
  return { pupils, until: untilOf(shift, at) }
}

/** The guardians' numbers of these pupils; recorded in the audit trail for each of them. No approval is needed. */
export async function showGuardians(
  tx: Writer,
  keys: KeyRing,
  { shiftId, by, at, pupils, receipt }: Asking & { pupils: readonly Pupil[]; receipt: RevelationReceipt },
) {
  const ids = pupils.map(({ person }) => person.id)
  const numbers = await guardiansInClear(tx, keys, ids, receipt)
  await recordAll(
    tx,
    pupils.map(({ person, team }) => ({
      action: 'guardians.shown',
      subject: `person:${person.id}`,
      ...{ by, at, details: { minor: true, shiftId, teamId: team.id } },
    })),
  )
  return pupils.map(({ person, team }) => ({ person, team, contacts: numbers.get(person.id) ?? [] }))
}

/**
 * That this user is in charge of the shift, or its deputy, and that it is time.
 * @throws DomainError `shift.missing`; forbidden `guardians.not_in_charge`; conflict `guardians.not_now`
 */
export async function assertInChargeNow(db: Reader, { shiftId, by, at }: Asking): Promise<void> {
  const shift = await shiftOf(db, shiftId)
  const personId = await personOf(db, by)
  if (personId === null || ![shift.inChargePersonId, shift.deputyPersonId].includes(personId)) {
    const message = 'Only the person in charge of this shift, or the deputy, opens a guardian’s number here.'
    throw new DomainError('forbidden', 'guardians.not_in_charge', message)
  }
  untilOf(shift, at)
}

export interface Emergency extends Asking {
  /** As the child says it. */
  name: string
  teamId?: string
  what: string
  receipt: RevelationReceipt
}

/**
 * 紧急联系监护人: opens the guardian's number of one minor on the shift, without approval. The school, the office and the
 * auditors are told.
 * @throws DomainError `emergency.unknown`; conflict `emergency.several`
 */
export async function openEmergency(
  tx: Writer,
  keys: KeyRing,
  { shiftId, name, teamId, what, by, at, receipt }: Emergency,
) {
  const found = await pupilsOn(tx, shiftId, { name, ...(teamId && { teamIds: [teamId] }) })
  const [pupil] = found
  if (!pupil) throw new DomainError('missing', 'emergency.unknown', 'No minor of this name is on the shift.')
  if (found.length > 1) {
    const classes = found.map(({ team }) => team)
    const message = 'Several on this shift are called so: name the class.'
    throw new DomainError('conflict', 'emergency.several', message, { teams: classes })
  }
  const numbers = await guardiansInClear(tx, keys, [pupil.person.id], receipt)
  const id = newId()
  const { assignmentId, person, team } = pupil
  await tx.insert(emergencies).values({ id, assignmentId, what, openedBy: by.userId, openedAt: at })
  const details = { minor: true, shiftId, teamId: team.id, emergencyId: id }
  await record(tx, { action: 'guardian.emergency', subject: `person:${person.id}`, by, at, details })
  await enqueue(tx, 'minors.emergency', { emergencyId: id })
  return { person, team, contacts: numbers.get(person.id) ?? [] }
}

/** The reach whose units pay for what is shown: that of the role, if there is one. */
export function payingReach(by: Actor): Reach {
  return may(by, 'attendance.record') ? reachOf(by, 'attendance.record') : reachesNothing
}

async function shiftOf(db: Reader, shiftId: string) {
  const { startsAt, endsAt, inChargePersonId, deputyPersonId } = shifts
  const [shift] = await db
    .select({ startsAt, endsAt, inChargePersonId, deputyPersonId })
    .from(shifts)
    .innerJoin(events, eq(events.id, shifts.eventId))
    // Nobody is at a shift that only its organiser knows of.
    .where(and(eq(shifts.id, shiftId), isNotNull(events.publishedAt)))
  if (!shift) throw new DomainError('missing', 'shift.missing', 'There is no such shift.')
  return shift
}

function untilOf({ startsAt, endsAt }: { startsAt: DateTime; endsAt: DateTime }, at: DateTime): DateTime {
  const until = endsAt.plus({ hours: aroundHours })
  if (at >= startsAt.minus({ hours: aroundHours }) && at < until) return until
  const message =
    'The numbers of guardians are shown from two hours before the shift until two hours after it.'
  throw new DomainError('conflict', 'guardians.not_now', message)
}

async function personOf(db: Reader, { userId }: Actor): Promise<string | null> {
  const [user] = await db.select({ personId: users.personId }).from(users).where(eq(users.id, userId))
  return user?.personId ?? null
}

/** The classes whose teacher somebody is: given to their account one by one, or by their membership as a teacher. */
async function classesOf(db: Reader, by: Actor): Promise<string[]> {
  const reach = payingReach(by)
  const given = reach.everything ? [] : reach.ids
  const personId = await personOf(db, by)
  if (personId === null) return given
  const taught = await db
    .select({ id: teams.id })
    .from(teams)
    .innerJoin(memberships, eq(memberships.teamId, teams.id))
    .where(
      and(
        isNull(teams.closedAt),
        eq(memberships.personId, personId),
        isNull(memberships.leftAt),
        eq(memberships.role, 'teacher'),
      ),
    )
  return [...new Set([...given, ...taught.map(({ id }) => id)])]
}

async function pupilsOn(
  db: Reader,
  shiftId: string,
  { teamIds, name }: { teamIds?: readonly string[]; name?: string },
) {
  if (teamIds?.length === 0) return []
  const { id, pinyin, searchName } = persons
  return db
    .select({
      assignmentId: assignments.id,
      person: { id, name: persons.name },
      team: { id: teams.id, name: teams.name, unitId: teams.unitId },
    })
    .from(assignments)
    .innerJoin(persons, eq(id, assignments.personId))
    .innerJoin(teams, eq(teams.id, assignments.teamId))
    .where(
      and(
        eq(assignments.shiftId, shiftId),
        eq(assignments.minor, true),
        isNull(assignments.cancelledAt),
        teamIds && inArray(teams.id, [...teamIds]),
        name === undefined ? undefined : eq(searchName, searchNameOf(name)),
      ),
    )
    .orderBy(asc(pinyin), asc(id))
}
export type Pupil = Awaited<ReturnType<typeof pupilsOn>>[number]
