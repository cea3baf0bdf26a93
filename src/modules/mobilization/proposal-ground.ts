import { and, asc, eq, gt, inArray, isNull, lt, ne } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { type events, shiftSeats, shifts } from '#modules/events/schema.ts'
import { isMinorOn } from '#modules/organisation/index.ts'
import { guardianConsents, memberships, persons, teams, units } from '#modules/organisation/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { dayOf, isClosed } from './facts.ts'
import { guardianPairs } from './guardians.ts'
import type { Ground, KnownMember, OpenShift } from './proposal-rules.ts'
import { type Consent, mayCome } from './rules.ts'
import { allotments, assignments } from './schema.ts'

type Event = typeof events.$inferSelect
export type Standing = Pick<
  typeof assignments.$inferSelect,
  | 'id'
  | 'personId'
  | 'shiftId'
  | 'teamId'
  | 'unitId'
  | 'allotmentId'
  | 'origin'
  | 'pinned'
  | 'answer'
  | 'minor'
  | 'freedAt'
> & { participationId: string }

/** Every assignment of the event that was not cancelled; read in pieces, for there are many. */
export async function standingIn(db: Reader, eventId: string): Promise<Standing[]> {
  const all: Standing[] = []
  for (let after = ''; ; ) {
    const some = await db
      .select({
        id: assignments.id,
        participationId: assignments.participationId,
        personId: assignments.personId,
        shiftId: assignments.shiftId,
        teamId: assignments.teamId,
        unitId: assignments.unitId,
        allotmentId: assignments.allotmentId,
        origin: assignments.origin,
        pinned: assignments.pinned,
        answer: assignments.answer,
        minor: assignments.minor,
        freedAt: assignments.freedAt,
      })
      .from(assignments)
      .where(
        and(eq(assignments.eventId, eventId), gt(assignments.id, after), isNull(assignments.cancelledAt)),
      )
      .orderBy(asc(assignments.id))
      .limit(1000)
    all.push(...some)
    if (some.length < 1000) return all
    after = some.at(-1)!.id
    await turn()
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

export async function openShifts(db: Reader, event: Event, at: DateTime): Promise<Map<string, OpenShift>> {
  const rows = await db
    .select({ shift: shifts, taken: shiftSeats.taken, max: shiftSeats.max })
    .from(shifts)
    .innerJoin(shiftSeats, eq(shiftSeats.shiftId, shifts.id))
    .where(eq(shifts.eventId, event.id))
  return new Map(
    rows.map(({ shift, taken, max }) => {
      const { id, startsAt, endsAt, minorsAllowed } = shift
      return [
        id,
        { id, startsAt, endsAt, minorsAllowed, closed: isClosed({ shift, event }, at), left: max - taken },
      ]
    }),
  )
}

export async function allotmentRows(db: Reader, eventId: string) {
  return db.select().from(allotments).where(eq(allotments.eventId, eventId)).orderBy(asc(allotments.id))
}

/** Who is in these teams now, by `PERSON TEAM`, as the rules for minors see them. */
export async function membersOfTeams(
  db: Reader,
  event: Event,
  teamIds: readonly string[],
): Promise<Map<string, KnownMember>> {
  const day = dayOf(event)
  const members = new Map<string, KnownMember>()
  await inChunks(teamIds, 25, async (some) => {
    const inTeams = and(inArray(memberships.teamId, some), isNull(memberships.leftAt))
    const consents = await consentsOf(db, inTeams)
    const pairs = await guardianPairs(db).where(inTeams)
    const guardians = new Set(pairs.map(({ guardianId, teamId }) => `${guardianId} ${teamId}`))
    const rows = await db
      .select({
        personId: memberships.personId,
        teamId: memberships.teamId,
        role: memberships.role,
        birthDate: persons.birthDate,
        unitId: teams.unitId,
        unitKind: units.kind,
      })
      .from(memberships)
      .innerJoin(persons, eq(persons.id, memberships.personId))
      .innerJoin(teams, eq(teams.id, memberships.teamId))
      .leftJoin(units, eq(units.id, teams.unitId))
      .where(and(inTeams, isNull(persons.mergedIntoId), isNull(persons.erasedAt)))
    for (const { personId, teamId, role, birthDate, unitId, unitKind } of rows) {
      const minor = isMinorOn(birthDate, [role], day)
      const consent = consents.get(personId) ?? 'none'
      members.set(`${personId} ${teamId}`, {
        unitId,
        minor,
        escort: !minor && (role === 'teacher' || guardians.has(`${personId} ${teamId}`)),
        mayCome: !minor || mayCome({ consent, schooled: unitKind === 'school' && role === 'pupil' }),
      })
    }
  })
  return members
}

async function consentsOf(db: Reader, inTeams: ReturnType<typeof and>): Promise<Map<string, Consent>> {
  const rows = await db
    .selectDistinct({ personId: guardianConsents.personId, withdrawnAt: guardianConsents.withdrawnAt })
    .from(guardianConsents)
    .innerJoin(memberships, eq(memberships.personId, guardianConsents.personId))
    .where(inTeams)
  const consents = new Map<string, Consent>()
  for (const { personId, withdrawnAt } of rows) {
    if (consents.get(personId) !== 'given') consents.set(personId, withdrawnAt ? 'withdrawn' : 'given')
  }
  return consents
}

/** Places held in other events while this one lasts, by person. */
export async function busyElsewhere(db: Reader, event: Event): Promise<Ground['busy']> {
  const rows = await db
    .select({ personId: assignments.personId, startsAt: shifts.startsAt, endsAt: shifts.endsAt })
    .from(shifts)
    .innerJoin(assignments, eq(assignments.shiftId, shifts.id))
    .where(
      and(
        ne(shifts.eventId, event.id),
        lt(shifts.startsAt, event.endsAt),
        gt(shifts.endsAt, event.startsAt),
        isNull(assignments.freedAt),
      ),
    )
  return Map.groupBy(rows, ({ personId }) => personId)
}
