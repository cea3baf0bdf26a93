import { eq, inArray, or } from 'drizzle-orm'
import { districtHolds, pathBelow } from '#modules/organisation/index.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { roleGrants } from './schema.ts'
import { type Scope, type ScopeArea, scopeKind } from './scopes.ts'
import type { RoleName } from './words.ts'

type Districts = readonly (string | null)[]

/** For each path, the districts of the unit and of everything below it. One statement for every 100. */
export async function districtsBelow(
  db: Reader,
  paths: Iterable<string>,
): Promise<ReadonlyMap<string, Districts>> {
  const found = new Map<string, Set<string | null>>([...new Set(paths)].map((path) => [path, new Set()]))
  await inChunks([...found.keys()], 100, async (some) => {
    const rows = await db
      .select({ path: units.path, districtCode: units.districtCode })
      .from(units)
      .where(or(...some.map((path) => pathBelow(units.path, path))))
    for (const { path, districtCode } of rows)
      for (const above of pathsAbove(path)) found.get(above)?.add(districtCode)
  })
  return new Map([...found].map(([path, districts]) => [path, [...districts]]))
}

/** A path and all paths above it: `/a/b/` and `/a/`. */
function pathsAbove(path: string): string[] {
  const ids = path.split('/').filter(Boolean)
  return ids.map((_, at) => `/${ids.slice(0, at + 1).join('/')}/`)
}

/** The area of a scope. @throws DomainError `unit.missing`, `team.missing`, `grant.scope` */
export async function areaOf(db: Reader, scope: Scope): Promise<ScopeArea> {
  const kind = scopeKind(scope)
  const nowhere = { unitPath: null, districts: [], teamId: null }
  if (kind === 'everything') return { kind, ...nowhere }
  if (kind === 'district') return { kind, ...nowhere, districts: [scope.districtCode as string] }
  if (kind === 'unit') {
    const [unit] = await db
      .select()
      .from(units)
      .where(eq(units.id, scope.unitId as string))
    if (!unit) throw new DomainError('missing', 'unit.missing', 'There is no such unit.')
    const below = await districtsBelow(db, [unit.path])
    return { kind, unitPath: unit.path, districts: below.get(unit.path) ?? [], teamId: null }
  }
  const [team] = await db
    .select({ id: teams.id, unitPath: units.path, districtCode: units.districtCode })
    .from(teams)
    .leftJoin(units, eq(units.id, teams.unitId))
    .where(eq(teams.id, scope.teamId as string))
  if (!team) throw new DomainError('missing', 'team.missing', 'There is no such team.')
  return { kind, unitPath: team.unitPath, districts: [team.districtCode], teamId: team.id }
}

export interface HeldGrant {
  id: string
  userId: string
  role: RoleName
  scope: string
  /** Not revoked. A grant whose unit or team is closed is suspended, but still live. */
  live: boolean
  handedOver: boolean
  area: ScopeArea
}

const unitsOfTeams = alias(units, 'units_of_teams')

/** All grants of users, also revoked ones, with their areas. One query, and those for the districts. */
export async function grantsWithAreas(db: Reader, userIds: readonly string[]): Promise<HeldGrant[]> {
  const rows = await db
    .select({
      grant: roleGrants,
      unitPath: units.path,
      team: { path: unitsOfTeams.path, districtCode: unitsOfTeams.districtCode },
    })
    .from(roleGrants)
    .leftJoin(units, eq(units.id, roleGrants.unitId))
    .leftJoin(teams, eq(teams.id, roleGrants.teamId))
    .leftJoin(unitsOfTeams, eq(unitsOfTeams.id, teams.unitId))
    .where(inArray(roleGrants.userId, [...userIds]))
  const below = await districtsBelow(
    db,
    rows.flatMap(({ unitPath }) => unitPath ?? []),
  )
  return rows.map(({ grant, unitPath, team }) => {
    const { id, userId, role, scope, teamId, districtCode, revokedAt, handedOver, withinDistrict } = grant
    const districts =
      districtCode !== null ? [districtCode] : teamId !== null ? [team?.districtCode ?? null] : []
    const area = {
      kind: scopeKind(grant),
      unitPath: unitPath ?? team?.path ?? null,
      districts: unitPath === null ? districts : reached(below.get(unitPath) ?? [], withinDistrict),
      teamId,
    }
    return { id, userId, role, scope, live: revokedAt === null, handedOver: handedOver === true, area }
  })
}

/** The districts below a unit that a role over the unit reaches. */
function reached(districts: Districts, withinDistrict: string | null): Districts {
  if (withinDistrict === null) return districts
  return districts.filter((each) => each !== null && districtHolds(withinDistrict, each))
}
