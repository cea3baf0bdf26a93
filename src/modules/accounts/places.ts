import { and, eq, inArray, isNull } from 'drizzle-orm'
import { teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { roleGrants } from './schema.ts'
import { type Place, type Scope, scopeKind } from './scopes.ts'
import type { RoleName } from './words.ts'

/** The lines a scope lies on. @throws DomainError `unit.missing`, `team.missing`, `grant.scope` */
export async function placeOf(db: Reader, scope: Scope): Promise<Place> {
  const kind = scopeKind(scope)
  const nowhere = { unitPath: null, districtCode: null, teamId: null }
  if (kind === 'everything') return { kind, ...nowhere }
  if (kind === 'district') return { kind, ...nowhere, districtCode: scope.districtCode as string }
  if (kind === 'unit') {
    const [unit] = await db
      .select()
      .from(units)
      .where(eq(units.id, scope.unitId as string))
    if (!unit) throw new DomainError('missing', 'unit.missing', 'There is no such unit.')
    return { kind, unitPath: unit.path, districtCode: unit.districtCode, teamId: null }
  }
  const [team] = await db
    .select({ id: teams.id, unitPath: units.path, districtCode: units.districtCode })
    .from(teams)
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(eq(teams.id, scope.teamId as string))
  if (!team) throw new DomainError('missing', 'team.missing', 'There is no such team.')
  return { kind, unitPath: team.unitPath, districtCode: team.districtCode, teamId: team.id }
}

export interface HeldGrant {
  id: string
  role: RoleName
  place: Place
}

/** The live grants of users with the places they are over. */
export async function heldGrants(
  db: Reader,
  userIds: readonly string[],
): Promise<(HeldGrant & { userId: string })[]> {
  const grants = await db
    .select()
    .from(roleGrants)
    .where(and(inArray(roleGrants.userId, [...userIds]), isNull(roleGrants.revokedAt)))
  const held = []
  for (const grant of grants) {
    held.push({ id: grant.id, userId: grant.userId, role: grant.role, place: await placeOf(db, grant) })
  }
  return held
}
