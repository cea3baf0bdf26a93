import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { bumpPerson } from '../bump-person.ts'
import { memberships, teams } from '../schema.ts'
import type { MemberRole } from '../words.ts'

/**
 * The role `leader` of a member and the leader of a team are one fact: a member made leader leads the team, if nobody
 * does, and a leader who gets another role or leaves leads it no more.
 * @param role the role the member has now; null: none
 * @throws DomainError conflict `leadership.held` when somebody else leads the team: it is handed over instead
 */
export async function leadershipFollows(
  tx: Writer,
  { teamId, personId, role }: { teamId: string; personId: string; role: MemberRole | null },
): Promise<void> {
  const [team] = await tx.select({ leads: teams.leaderPersonId }).from(teams).where(eq(teams.id, teamId))
  const leads = team?.leads ?? null
  if (role === 'leader' && leads !== null && leads !== personId) {
    throw new DomainError('conflict', 'leadership.held', 'Somebody leads the team. Hand it over instead.')
  }
  // A teacher who leads a class stays its teacher.
  if (leads === personId && role !== 'leader' && role !== 'teacher') await setLeader(tx, teamId, null)
  if (leads === null && role === 'leader') await setLeader(tx, teamId, personId)
}

/** The person named leader of the team has the role, and nobody else; who is no member becomes one by it elsewhere. */
export async function roleFollows(
  tx: Writer,
  { teamId, personId }: { teamId: string; personId: string | null },
): Promise<void> {
  const live = and(eq(memberships.teamId, teamId), isNull(memberships.leftAt))
  const own = await tx.select().from(memberships).where(live)
  for (const { id, personId: member, role } of own) {
    const wanted =
      member === personId ? (role === 'teacher' ? role : 'leader') : role === 'leader' ? 'deputy' : role
    if (wanted === role) continue
    await tx
      .update(memberships)
      .set({ role: wanted })
      .where(inArray(memberships.id, [id]))
    await bumpPerson(tx, member)
  }
}

async function setLeader(tx: Writer, teamId: string, leaderPersonId: string | null): Promise<void> {
  await tx
    .update(teams)
    .set({ leaderPersonId, version: sql`${teams.version} + 1` })
    .where(eq(teams.id, teamId))
}
