import { and, asc, eq, isNull, or } from 'drizzle-orm'
import { teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { roleGrants } from '../schema.ts'
import type { RoleName } from '../words.ts'

/** 职务: the team or unit an account is for, and the role in it. */
export interface Office {
  over: string
  role: RoleName
}

/** The team somebody leads, or else the unit they keep: the first they were given. */
export async function officeOf(db: Reader, userId: string): Promise<Office | undefined> {
  const held = await db
    .select({ role: roleGrants.role, team: teams.name, unit: units.name })
    .from(roleGrants)
    .leftJoin(teams, eq(teams.id, roleGrants.teamId))
    .leftJoin(units, eq(units.id, roleGrants.unitId))
    .where(
      and(
        eq(roleGrants.userId, userId),
        isNull(roleGrants.revokedAt),
        or(eq(roleGrants.role, 'team_leader'), eq(roleGrants.role, 'unit_administrator')),
      ),
    )
    .orderBy(asc(roleGrants.grantedAt), asc(roleGrants.id))
  const [first] = [...held.filter(({ team }) => team !== null), ...held]
  const over = first?.team ?? first?.unit
  return first && over ? { over, role: first.role } : undefined
}
