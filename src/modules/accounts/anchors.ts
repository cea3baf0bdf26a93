import { and, eq, isNull, or, sql } from 'drizzle-orm'
import {
  type AnchorSource,
  anchor,
  districtCovers,
  joinedTeamWithin,
  unitsWithin,
} from '#modules/organisation/index.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import { roleGrants, users } from './schema.ts'

/**
 * What a person's account ties them to: the scopes of its active grants. This query runs for limited reaches only; a
 * grant over everything is never inside one.
 */
export const accountAnchors: AnchorSource = (db, reach, personId) => {
  const districtWithin = or(...reach.codes.map((code) => districtCovers(roleGrants.districtCode, code)))
  const ofUnit = and(sql`${roleGrants.unitId} is not null`, unitsWithin(reach))
  const ofTeam = and(sql`${roleGrants.teamId} is not null`, joinedTeamWithin(reach))
  return db
    .select(anchor(and(isNull(teams.closedAt), isNull(units.closedAt)), or(districtWithin, ofUnit, ofTeam)))
    .from(users)
    .innerJoin(roleGrants, eq(roleGrants.userId, users.id))
    .leftJoin(teams, eq(teams.id, roleGrants.teamId))
    .leftJoin(units, or(eq(units.id, roleGrants.unitId), eq(units.id, teams.unitId)))
    .where(and(eq(users.personId, personId), isNull(users.disabledAt), isNull(roleGrants.revokedAt)))
}
