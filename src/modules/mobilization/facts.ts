import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shiftSeats, shifts } from '#modules/events/schema.ts'
import { birthOf, everRoles, isMinorOn, type MemberRole } from '#modules/organisation/index.ts'
import { memberships, personSkills, persons, teams, units } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { prepared, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { dayIn } from '#platform/time.ts'

/** A shift, its event and the number of taken seats. */
export interface ShiftFacts {
  shift: typeof shifts.$inferSelect
  event: typeof events.$inferSelect
  taken: number
}

/** Reads the facts of a shift. @throws DomainError `shift.missing` */
export async function shiftFacts(db: Reader, shiftId: string): Promise<ShiftFacts> {
  const [found] = await prepared(db, 'mobilization.shiftFacts', (on) =>
    on
      .select({ shift: shifts, event: events, taken: shiftSeats.taken })
      .from(shifts)
      .innerJoin(events, eq(events.id, shifts.eventId))
      .innerJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
      .where(eq(shifts.id, sql.placeholder('shiftId')))
      .prepare('mobilization_shift_facts'),
  ).execute({ shiftId })
  if (!found) throw new DomainError('missing', 'shift.missing', 'There is no such shift.', { shiftId })
  return found
}

/** Whether the shift accepts no more people: the shift or its event is cancelled, closed or over. */
export function isClosed({ shift, event }: Pick<ShiftFacts, 'shift' | 'event'>, at: DateTime): boolean {
  return Boolean(shift.cancelledAt || event.cancelledAt || event.closedAt) || shift.endsAt <= at
}

/** The day on which ages are computed: the first day of the event, in the event's time zone. */
export function dayOf(event: { startsAt: DateTime; timeZone: string }): string {
  return dayIn(event.startsAt, event.timeZone)
}

export interface TeamOfPerson {
  teamId: string
  unitId: string | null
  role: MemberRole
  school: boolean
}

export interface PersonFacts {
  personId: string
  minor: boolean
  teams: TeamOfPerson[]
}

/** A person with their current teams. @throws DomainError `person.missing`, also when merged or erased */
export async function personFacts(
  db: Reader,
  keys: KeyRing,
  personId: string,
  day: string,
): Promise<PersonFacts> {
  const rows = await db
    .select({
      birthYear: persons.birthYear,
      particulars: persons.particulars,
      pupilAt: persons.pupilAt,
      teamId: teams.id,
      unitId: teams.unitId,
      role: memberships.role,
      unitKind: units.kind,
    })
    .from(persons)
    .leftJoin(memberships, and(eq(memberships.personId, persons.id), isNull(memberships.leftAt)))
    .leftJoin(teams, and(eq(teams.id, memberships.teamId), isNull(teams.closedAt)))
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(and(eq(persons.id, personId), isNull(persons.mergedIntoId), isNull(persons.erasedAt)))
    .orderBy(asc(memberships.joinedAt), asc(memberships.id))
  if (!rows[0]) throw new DomainError('missing', 'person.missing', 'There is no such person.', { personId })
  const teamsNow = rows.flatMap(({ teamId, unitId, role, unitKind }) =>
    teamId && role ? [{ teamId, unitId, role, school: unitKind === 'school' }] : [],
  )
  const roles = everRoles(
    teamsNow.map(({ role }) => role),
    rows[0],
  )
  const birth = birthOf(keys, { id: personId, ...rows[0] })
  return { personId, minor: isMinorOn(birth, roles, day), teams: teamsNow }
}

/** The names of a person's skills. */
export async function skillsOfPerson(db: Reader, personId: string): Promise<Set<string>> {
  const rows = await db
    .select({ skill: personSkills.skill })
    .from(personSkills)
    .where(eq(personSkills.personId, personId))
  return new Set(rows.map(({ skill }) => skill))
}
