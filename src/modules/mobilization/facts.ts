import { and, asc, eq, gt, isNull, lt, ne, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { dayIn } from '#modules/events/index.ts'
import { events, shiftSeats, shifts } from '#modules/events/schema.ts'
import { isMinorOn, type MemberRole } from '#modules/organisation/index.ts'
import {
  guardianConsents,
  memberships,
  personSkills,
  persons,
  teams,
  units,
} from '#modules/organisation/schema.ts'
import { prepared, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Consent } from './rules.ts'
import { assignments } from './schema.ts'

/** A shift with its event and how many places are taken. */
export interface ShiftFacts {
  shift: typeof shifts.$inferSelect
  event: typeof events.$inferSelect
  taken: number
}

/** @throws DomainError `shift.missing` */
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

/** Whether nobody is placed any more: the shift or its event was called off, is closed or over. */
export function isClosed({ shift, event }: Pick<ShiftFacts, 'shift' | 'event'>, at: DateTime): boolean {
  return Boolean(shift.cancelledAt || event.cancelledAt || event.closedAt) || shift.endsAt <= at
}

/** The day on which ages are reckoned: that on which the event begins, where it takes place. */
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

/** A person with the teams they are in now. @throws DomainError `person.missing`, also when merged or erased */
export async function personFacts(db: Reader, personId: string, day: string): Promise<PersonFacts> {
  const rows = await db
    .select({
      birthDate: persons.birthDate,
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
  const roles = teamsNow.map(({ role }) => role)
  return { personId, minor: isMinorOn(rows[0].birthDate, roles, day), teams: teamsNow }
}

export async function skillsOfPerson(db: Reader, personId: string): Promise<Set<string>> {
  const rows = await db
    .select({ skill: personSkills.skill })
    .from(personSkills)
    .where(eq(personSkills.personId, personId))
  return new Set(rows.map(({ skill }) => skill))
}

/** What the guardians of a minor said: a consent that stands outweighs one that was withdrawn. */
export async function consentOf(db: Reader, personId: string): Promise<Consent> {
  const rows = await db
    .select({ withdrawnAt: guardianConsents.withdrawnAt })
    .from(guardianConsents)
    .where(eq(guardianConsents.personId, personId))
  if (rows.some(({ withdrawnAt }) => withdrawnAt === null)) return 'given'
  return rows.length > 0 ? 'withdrawn' : 'none'
}

/**
 * Whether the person holds a place on another shift at that time, in whatever event. Under SERIALIZABLE this
 * reading is what makes two overlapping places impossible, so it happens in the transaction that takes one.
 */
export async function overlapsAt(
  db: Reader,
  personId: string,
  shift: { id: string; startsAt: DateTime; endsAt: DateTime },
): Promise<boolean> {
  const found = await prepared(db, 'mobilization.overlapsAt', (on) =>
    on
      .select({ id: assignments.id })
      .from(assignments)
      .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
      .where(
        and(
          eq(assignments.personId, sql.placeholder('personId')),
          isNull(assignments.freedAt),
          ne(assignments.shiftId, sql.placeholder('shiftId')),
          lt(shifts.startsAt, sql.param(sql.placeholder('endsAt'), shifts.startsAt)),
          gt(shifts.endsAt, sql.param(sql.placeholder('startsAt'), shifts.endsAt)),
        ),
      )
      .limit(1)
      .prepare('mobilization_overlaps_at'),
  ).execute({ personId, shiftId: shift.id, startsAt: shift.startsAt, endsAt: shift.endsAt })
  return found.length > 0
}
