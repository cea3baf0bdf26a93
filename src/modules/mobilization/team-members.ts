import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { events } from '#modules/events/schema.ts'
import { type AgeBand, ageBandOn, isMinorOn, type MemberRole } from '#modules/organisation/index.ts'
import { guardianConsents, memberships, persons, teams, units } from '#modules/organisation/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { dayOf } from './facts.ts'
import { guardiansOf } from './guardians.ts'
import { type Consent, mayCome } from './rules.ts'

/** Somebody in a team, as the rules for minors see them on the day an event begins. */
export interface TeamMember {
  personId: string
  teamId: string
  unitId: string | null
  role: MemberRole
  ageBand: AgeBand
  minor: boolean
  /** Counts towards `minorsPerAdult`: a teacher, or the registered guardian of a minor of the team. */
  escort: boolean
  /** False when the guardian refused, or nobody consented and no school answers for the minor. */
  mayCome: boolean
}

type Event = Pick<typeof events.$inferSelect, 'startsAt' | 'timeZone'>

/** Everybody who is in one of these teams now, in the order in which they joined; once for each team. */
export async function membersOfTeams(
  db: Reader,
  event: Event,
  teamIds: readonly string[],
): Promise<TeamMember[]> {
  const day = dayOf(event)
  const members: TeamMember[] = []
  await inChunks(teamIds, 25, async (some) => {
    const rows = await memberRows(db, some)
    const withAge = rows.map((row) => ({ ...row, minor: isMinorOn(row.birthDate, [row.role], day) }))
    const minors = withAge.filter(({ minor }) => minor)
    const consents = await consentsOf(db, minors)
    const guardians = await guardiansOf(db, minors)
    for (const { birthDate, unitKind, ...row } of withAge) {
      const { personId, teamId, role, minor } = row
      const consent = consents.get(personId) ?? 'none'
      const schooled = unitKind === 'school' && role === 'pupil'
      members.push({
        ...row,
        ageBand: ageBandOn(birthDate, day),
        escort: !minor && (role === 'teacher' || guardians.has(`${personId} ${teamId}`)),
        mayCome: !minor || mayCome({ consent, schooled }),
      })
    }
  })
  return members
}

/**
 * Merged and erased people are left out here and not by the statement: SQLite would begin with the index over
 * `merged_into_id`, which is null for nearly everybody.
 */
async function memberRows(db: Reader, teamIds: readonly string[]) {
  const rows = await db
    .select({
      personId: memberships.personId,
      teamId: memberships.teamId,
      role: memberships.role,
      birthDate: persons.birthDate,
      unitId: teams.unitId,
      unitKind: units.kind,
      mergedIntoId: persons.mergedIntoId,
      erasedAt: persons.erasedAt,
    })
    .from(memberships)
    .innerJoin(persons, eq(persons.id, memberships.personId))
    .innerJoin(teams, eq(teams.id, memberships.teamId))
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(and(inArray(memberships.teamId, [...teamIds]), isNull(memberships.leftAt)))
    .orderBy(asc(memberships.joinedAt), asc(memberships.id))
  return rows.flatMap(({ mergedIntoId, erasedAt, ...row }) => (mergedIntoId || erasedAt ? [] : [row]))
}

async function consentsOf(
  db: Reader,
  minors: readonly { personId: string }[],
): Promise<Map<string, Consent>> {
  const consents = new Map<string, Consent>()
  await inChunks(minors, 500, async (some) => {
    const ids = some.map(({ personId }) => personId)
    const rows = await db
      .select({ personId: guardianConsents.personId, withdrawnAt: guardianConsents.withdrawnAt })
      .from(guardianConsents)
      .where(inArray(guardianConsents.personId, ids))
    for (const { personId, withdrawnAt } of rows) {
      if (consents.get(personId) !== 'given') consents.set(personId, withdrawnAt ? 'withdrawn' : 'given')
    }
  })
  return consents
}
