import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { events } from '#modules/events/schema.ts'
import {
  type AgeBand,
  ageBandOn,
  birthOf,
  consentsFor,
  everRoles,
  isMinorOn,
  type MemberRole,
} from '#modules/organisation/index.ts'
import { memberships, persons, teams, units } from '#modules/organisation/schema.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { dayOf } from './facts.ts'
import { guardiansOf } from './guardians.ts'
import { mayCome } from './rules.ts'

/** A team member with the facts for the rules about minors, as of the first day of the event. */
export interface TeamMember {
  personId: string
  /** The same for all records of one human; null: no other record is known. */
  humanId: string | null
  teamId: string
  unitId: string | null
  role: MemberRole
  ageBand: AgeBand
  minor: boolean
  /** Counts as an escort for `minorsPerAdult`: a teacher, or the registered guardian of a minor of the team. */
  escort: boolean
  /** False when the guardian refused, or a minor has neither consent nor a school. */
  mayCome: boolean
}

type Event = Pick<typeof events.$inferSelect, 'id' | 'startsAt' | 'timeZone'>

/** The current members of these teams in order of joining, one entry per person and team. */
export async function membersOfTeams(
  db: Reader,
  keys: KeyRing,
  event: Event,
  teamIds: readonly string[],
): Promise<TeamMember[]> {
  const day = dayOf(event)
  const members: TeamMember[] = []
  await inChunks(teamIds, 25, async (some) => {
    const rows = await memberRows(db, some)
    const withAge = rows.map(({ birthYear, particulars, pupilAt, ...row }) => {
      const birth = birthOf(keys, { id: row.personId, birthYear, particulars })
      const roles = everRoles([row.role], { pupilAt })
      return { ...row, ageBand: ageBandOn(birth, day), minor: isMinorOn(birth, roles, day) }
    })
    const minors = withAge.filter(({ minor }) => minor)
    const ids = minors.map(({ personId }) => personId)
    const consents = await consentsFor(db, keys, ids, { eventId: event.id, day })
    const guardians = await guardiansOf(db, minors)
    for (const { unitKind, ...row } of withAge) {
      const { personId, teamId, role, minor } = row
      const consent = consents.get(personId) ?? 'none'
      const schooled = unitKind === 'school' && role === 'pupil'
      members.push({
        ...row,
        escort: !minor && (role === 'teacher' || guardians.has(`${personId} ${teamId}`)),
        mayCome: !minor || mayCome({ consent, schooled }),
      })
    }
  })
  return members
}

/**
 * Merged and erased people are filtered in code, not in SQL: with the condition, SQLite starts from the index on
 * `merged_into_id`, which is null for nearly everybody.
 */
async function memberRows(db: Reader, teamIds: readonly string[]) {
  const rows = await db
    .select({
      personId: memberships.personId,
      humanId: persons.humanId,
      teamId: memberships.teamId,
      role: memberships.role,
      birthYear: persons.birthYear,
      particulars: persons.particulars,
      pupilAt: persons.pupilAt,
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
