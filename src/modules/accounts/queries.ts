import { and, asc, desc, eq, exists, inArray, isNotNull, isNull, like, or, type SQL, sql } from 'drizzle-orm'
import { districtCovers, teamsWithin, unitsWithin } from '#modules/organisation/index.ts'
import { teams, units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after } from '#platform/http/page.ts'
import { normalizedLogin } from './password-rules.ts'
import { phonesOf } from './phones.ts'
import { roleGrants, sessions, users } from './schema.ts'
import type { RoleName } from './words.ts'

export type UserRow = typeof users.$inferSelect

/** The users with a live role somewhere within reach. Undefined means no condition. */
function usersWithin(db: Reader, reach: Reach): SQL | undefined {
  if (reach.everything) return undefined
  const ofUnits = db.select({ id: units.id }).from(units).where(unitsWithin(reach))
  const ofTeams = db.select({ id: teams.id }).from(teams).where(teamsWithin(db, reach))
  return exists(
    db
      .select({ one: sql`1` })
      .from(roleGrants)
      .where(
        and(
          eq(roleGrants.userId, users.id),
          isNull(roleGrants.revokedAt),
          or(
            inArray(roleGrants.unitId, ofUnits),
            inArray(roleGrants.teamId, ofTeams),
            ...reach.districtCodes.map((code) => districtCovers(roleGrants.districtCode, code)),
          ),
        ),
      ),
  )
}

function hasRole(db: Reader, role: RoleName): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(roleGrants)
      .where(and(eq(roleGrants.userId, users.id), eq(roleGrants.role, role), isNull(roleGrants.revokedAt))),
  )
}

const literal = (text: string) => text.replace(/[\\%_]/g, '')

export interface UserFilter {
  search?: string
  role?: RoleName
  disabled?: boolean
  activated?: boolean
  cursor?: string
  limit: number
}

/** A page of users within reach, by login; one more than asked for, to know whether there are more. */
export function listUsers(db: Reader, reach: Reach, filter: UserFilter): Promise<UserRow[]> {
  const { search, role, disabled, activated, cursor, limit } = filter
  const typed = search && literal(search)
  return db
    .select()
    .from(users)
    .where(
      and(
        usersWithin(db, reach),
        typed
          ? or(like(users.login, `${normalizedLogin(typed)}%`), like(users.name, `%${typed}%`))
          : undefined,
        role && hasRole(db, role),
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

/** @throws DomainError `user.missing` when there is none, or they are out of reach */
export async function readUser(db: Reader, reach: Reach, userId: string): Promise<UserRow> {
  const [user] = await db
    .select()
    .from(users)
    .where(and(eq(users.id, userId), usersWithin(db, reach)))
  if (!user) throw new DomainError('missing', 'user.missing', 'There is no such user.')
  return user
}

/** The live grants of several users with the names of what they are over, in one query. */
export function grantsFor(db: Reader, userIds: readonly string[]) {
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
      grantedAt: roleGrants.grantedAt,
    })
    .from(roleGrants)
    .leftJoin(units, eq(units.id, roleGrants.unitId))
    .leftJoin(teams, eq(teams.id, roleGrants.teamId))
    .where(and(inArray(roleGrants.userId, [...userIds]), isNull(roleGrants.revokedAt)))
    .orderBy(asc(roleGrants.grantedAt), asc(roleGrants.id))
}
export type GrantRow = Awaited<ReturnType<typeof grantsFor>>[number]

/** What views of users need beside their rows. */
export interface UserFacts {
  grants: GrantRow[]
  /** The person's own phone, by person. */
  phones: Map<string, string>
}

/** The facts about a page of users, in two queries however many they are. */
export async function factsOf(db: Reader, of: readonly UserRow[]): Promise<UserFacts> {
  const grants = await grantsFor(
    db,
    of.map((user) => user.id),
  )
  const phones = await phonesOf(
    db,
    of.map((user) => user.personId).filter((id) => id !== null),
  )
  return { grants, phones }
}

/** A user's sessions, the newest first. */
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
