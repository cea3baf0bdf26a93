import {
  and,
  asc,
  desc,
  eq,
  exists,
  inArray,
  isNotNull,
  isNull,
  like,
  not,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import { districtCovers, teamsWithin, unitsWithin } from '#modules/organisation/index.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import { alias } from '#platform/database/kit.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Reach, reachesNothing } from '#platform/http/access.ts'
import { after } from '#platform/http/page.ts'
import { normalizedLogin } from './password-rules.ts'
import { roleGrants, sessions, users } from './schema.ts'
import type { RoleName } from './words.ts'

const givers = alias(users, 'givers')

export type UserRow = typeof users.$inferSelect

/** A condition on `role_grants`: those over something within reach. Undefined: no condition. */
function grantsWithin(db: Reader, reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  const ofUnits = db.select({ id: units.id }).from(units).where(unitsWithin(reach))
  const ofTeams = db.select({ id: teams.id }).from(teams).where(teamsWithin(db, reach))
  return or(
    inArray(roleGrants.unitId, ofUnits),
    inArray(roleGrants.teamId, ofTeams),
    ...reach.codes.map((code) => districtCovers(roleGrants.districtCode, code)),
  )
}

/** A condition: the user holds such a grant. */
function holds(db: Reader, condition: SQL | undefined): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(roleGrants)
      .where(and(eq(roleGrants.userId, users.id), isNull(roleGrants.revokedAt), condition)),
  )
}

/** A condition on `users`: those with an active role within reach. Undefined: no condition. */
function usersWithin(db: Reader, reach: Reach): SQL | undefined {
  return reach.everything ? undefined : holds(db, grantsWithin(db, reach))
}

/**
 * A condition on `users`: all their roles are within reach. Of other users only the name and the roles within reach are
 * shown: a team may have been handed to somebody with an account in another unit.
 */
function wholeWithin(db: Reader, reach: Reach): SQL {
  const within = grantsWithin(db, reach)
  // Not written with `not`: for a grant without a unit the comparison is null.
  return within === undefined ? sql`1 = 1` : not(holds(db, sql`case when ${within} then 0 else 1 end = 1`))
}

const literal = (text: string) => text.replace(/[\\%_]/g, '')

export interface UserFilter {
  search?: string
  role?: RoleName
  /** With a role over this unit or below it. */
  unitId?: string
  /** With a role over this district or a part of it. */
  districtCode?: string
  disabled?: boolean
  activated?: boolean
  cursor?: string
  limit: number
}

/** A keyset page of users within reach, by login; one row more than the limit, to know whether there are more. */
export async function listUsers(db: Reader, reach: Reach, filter: UserFilter): Promise<UserRow[]> {
  const part = await partOf(db, filter)
  const { search, role, disabled, activated, cursor, limit } = filter
  const typed = search && literal(search)
  return db
    .select()
    .from(users)
    .where(
      and(
        usersWithin(db, reach),
        typed
          ? or(
              and(like(users.login, `${normalizedLogin(typed)}%`), wholeWithin(db, reach)),
              like(users.name, `%${typed}%`),
            )
          : undefined,
        (role || part) &&
          holds(
            db,
            and(
              role && eq(roleGrants.role, role),
              grantsWithin(db, reach),
              ...(part ?? []).map((each) => grantsWithin(db, each)),
            ),
          ),
        disabled === undefined
          ? undefined
          : disabled
            ? isNotNull(users.disabledAt)
            : isNull(users.disabledAt),
        activated === undefined
          ? undefined
          : activated
            ? isNotNull(users.passwordHash)
            : isNull(users.passwordHash),
        after([users.login, users.id], cursor),
      ),
    )
    .orderBy(asc(users.login), asc(users.id))
    .limit(limit + 1)
}

/** The parts of the organisation a filter names, as reaches that a grant must lie in. @throws DomainError `unit.missing` */
async function partOf(db: Reader, { unitId, districtCode }: UserFilter): Promise<Reach[] | undefined> {
  if (unitId === undefined && districtCode === undefined) return undefined
  const parts: Reach[] = districtCode === undefined ? [] : [{ ...reachesNothing, codes: [districtCode] }]
  if (unitId !== undefined) {
    const [unit] = await db.select({ path: units.path }).from(units).where(eq(units.id, unitId))
    if (!unit) throw new DomainError('missing', 'unit.missing', 'There is no such unit.', { unitId })
    parts.push({ ...reachesNothing, paths: [unit.path] })
  }
  return parts
}

/** @throws DomainError `user.missing` when there is none, or they are out of reach */
export async function readUser(db: Reader, reach: Reach, userId: string): Promise<UserRow> {
  const [user] = await db
    .select()
    .from(users)
    .where(and(eq(users.id, userId), usersWithin(db, reach)))
  if (!user) throw new DomainError('missing', 'user.missing', 'There is no such user.')
  return user
}

/** The active grants of several users within reach, with the names of their scopes; one query. */
export function grantsFor(db: Reader, userIds: readonly string[], reach: Reach) {
  return db
    .select({
      id: roleGrants.id,
      userId: roleGrants.userId,
      role: roleGrants.role,
      unitId: roleGrants.unitId,
      unitName: units.name,
      districtCode: roleGrants.districtCode,
      teamId: roleGrants.teamId,
      teamName: teams.name,
      withinDistrict: roleGrants.withinDistrict,
      grantedAt: roleGrants.grantedAt,
      grantedBy: roleGrants.grantedBy,
      giverName: givers.name,
      unitClosedAt: units.closedAt,
      teamClosedAt: teams.closedAt,
    })
    .from(roleGrants)
    .leftJoin(units, eq(units.id, roleGrants.unitId))
    .leftJoin(teams, eq(teams.id, roleGrants.teamId))
    .leftJoin(givers, eq(givers.id, roleGrants.grantedBy))
    .where(
      and(inArray(roleGrants.userId, [...userIds]), isNull(roleGrants.revokedAt), grantsWithin(db, reach)),
    )
    .orderBy(asc(roleGrants.grantedAt), asc(roleGrants.id))
}
export type GrantRow = Awaited<ReturnType<typeof grantsFor>>[number]

/** What views of users need besides the rows. */
export interface UserFacts {
  grants: GrantRow[]
  /** Users without any role outside the reader's reach. */
  whole: ReadonlySet<string>
}

/** The facts for a page of users; two queries for any number of users. */
export async function factsOf(db: Reader, of: readonly UserRow[], reach: Reach): Promise<UserFacts> {
  const ids = of.map((user) => user.id)
  const grants = await grantsFor(db, ids, reach)
  const whole = reach.everything
    ? ids
    : (
        await db
          .select({ id: users.id })
          .from(users)
          .where(and(inArray(users.id, ids), wholeWithin(db, reach)))
      ).map(({ id }) => id)
  return { grants, whole: new Set(whole) }
}

/** @throws DomainError `user.missing` when there is none, or they hold something out of reach */
export async function readWholeUser(db: Reader, reach: Reach, userId: string): Promise<UserRow> {
  const user = await readUser(db, reach, userId)
  const { whole } = await factsOf(db, [user], reach)
  if (!whole.has(userId)) throw new DomainError('missing', 'user.missing', 'There is no such user.')
  return user
}

/** A user's sessions, newest first. */
export function listSessions(
  db: Reader,
  userId: string,
  { cursor, limit }: { cursor?: string; limit: number },
) {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), after([sessions.createdAt, sessions.id], cursor, 'desc')))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(limit + 1)
}
