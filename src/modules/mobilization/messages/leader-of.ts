import { and, asc, eq, isNull } from 'drizzle-orm'
import { memberships, teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'

/** The leader named by the team, else the first member with the role leader, else teacher, else deputy. */
export async function leaderOf(db: Reader, teamId: string): Promise<string | undefined> {
  const [team] = await db.select({ leaderId: teams.leaderPersonId }).from(teams).where(eq(teams.id, teamId))
  if (team?.leaderId) return team.leaderId
  const members = await db
    .select({ personId: memberships.personId, role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.teamId, teamId), isNull(memberships.leftAt)))
    .orderBy(asc(memberships.joinedAt), asc(memberships.id))
  const roles = ['leader', 'teacher', 'deputy'] as const
  return roles
    .map((role) => members.find((member) => member.role === role)?.personId)
    .find((id) => id !== undefined)
}
