import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import { isMinorOn } from '../ages.ts'
import { bumpPerson } from '../bump-person.ts'
import { memberships, persons, teams } from '../schema.ts'
import { birthOf } from '../sealed.ts'
import type { MemberRole } from '../words.ts'

export interface LeadershipMove {
  teamId: string
  /** An adult member of the team. */
  personId: string
  /** The calendar day in the time zone of the service. */
  today: string
  /** The version of the team the client has seen. */
  version: number
}

export interface LeadershipMoved {
  leaderPersonId: string
  /** The new version of the team. */
  version: number
  /** The previous leader. */
  from: string | null
  /** False if this person was the leader already. */
  changed: boolean
}

/**
 * Makes an adult member the leader of the team and the previous leader a deputy; a teacher who leads a class stays its
 * teacher. The versions of the team and of everybody whose role changes are incremented, because all of them show it.
 * @throws DomainError `team.missing`; stale `version.stale`; conflict `team.closed`, `leadership.not_a_member`,
 *   `leadership.minor`
 */
export async function moveLeadership(
  tx: Writer,
  keys: KeyRing,
  { teamId, personId, today, version }: LeadershipMove,
): Promise<LeadershipMoved> {
  const [team] = await tx.select().from(teams).where(eq(teams.id, teamId))
  if (!team) throw new DomainError('missing', 'team.missing', 'There is no such team.')
  if (team.closedAt) throw new DomainError('conflict', 'team.closed', 'The team is closed.')
  assertVersion(team, version)
  const from = team.leaderPersonId
  if (from === personId) return { leaderPersonId: personId, version, from, changed: false }
  await assertAdultMember(tx, keys, { teamId, personId, today })
  await setRole(tx, { teamId, personId, from: ['deputy', 'member'], to: 'leader' })
  if (from !== null) await setRole(tx, { teamId, personId: from, from: ['leader'], to: 'deputy' })
  const changed = await updateVersioned(tx, teams, teamId, version, { leaderPersonId: personId })
  return { leaderPersonId: personId, version: changed.version, from, changed: true }
}

/** A current or former pupil of unknown age counts as a minor. */
async function assertAdultMember(
  tx: Writer,
  keys: KeyRing,
  { teamId, personId, today }: { teamId: string; personId: string; today: string },
): Promise<void> {
  const roles = await tx
    .select({ teamId: memberships.teamId, role: memberships.role, leftAt: memberships.leftAt })
    .from(memberships)
    .where(eq(memberships.personId, personId))
  if (!roles.some((each) => each.teamId === teamId && each.leftAt === null)) {
    throw new DomainError('conflict', 'leadership.not_a_member', 'A team is handed to one of its members.')
  }
  const [person] = await tx.select().from(persons).where(eq(persons.id, personId))
  const ever = roles.map(({ role }) => role)
  if (isMinorOn(person ? birthOf(keys, person) : null, ever, today))
    throw new DomainError('conflict', 'leadership.minor', 'A team is led by an adult.')
}

async function setRole(
  tx: Writer,
  { teamId, personId, from, to }: { teamId: string; personId: string; from: MemberRole[]; to: MemberRole },
): Promise<void> {
  const changed = await tx
    .update(memberships)
    .set({ role: to })
    .where(
      and(
        eq(memberships.teamId, teamId),
        eq(memberships.personId, personId),
        isNull(memberships.leftAt),
        inArray(memberships.role, from),
      ),
    )
    .returning({ id: memberships.id })
  if (changed.length > 0) await bumpPerson(tx, personId)
}
