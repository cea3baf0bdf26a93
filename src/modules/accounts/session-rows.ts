import { and, eq, isNull, ne } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { teams, units } from '#modules/organisation/schema.ts'
import { randomToken, tokenHash } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import type { Actor, Grant } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import type { SecurityRules } from './password-rules.ts'
import { permissionsOf } from './role-permissions.ts'
import { roleGrants, sessions, users } from './schema.ts'
import type { KnownSession } from './session-cache.ts'
import { forgetSession, forgetUsers } from './session-cache.ts'
import type { SessionEnd, SessionKind } from './words.ts'

export interface NewSession {
  userId: string
  kind: SessionKind
  address: string
  userAgent: string | undefined
  at: DateTime
}

/** Starts a session. `reference` is the value of the cookie; a bearer token contains the session id, signed. */
export async function startSession(
  tx: Writer,
  { userId, kind, address, userAgent, at }: NewSession,
  rules: SecurityRules,
): Promise<{ id: string; reference: string; expiresAt: DateTime }> {
  const id = newId()
  const reference = kind === 'cookie' ? randomToken(256) : id
  const expiresAt = at.plus({ hours: rules.sessionHours })
  await tx.insert(sessions).values({
    id,
    userId,
    kind,
    tokenHash: tokenHash(reference),
    address,
    userAgent: userAgent?.slice(0, 200),
    createdAt: at,
    lastSeenAt: at,
    expiresAt,
  })
  await tx.update(users).set({ lastSignInAt: at }).where(eq(users.id, userId))
  return { id, reference, expiresAt }
}

/** The active session with this reference, with the current grants of its user. */
export async function readSession(
  db: Reader,
  kind: SessionKind,
  reference: string,
  idleMinutes: number,
): Promise<KnownSession | undefined> {
  const [row] = await db
    .select({
      sessionId: sessions.id,
      userId: users.id,
      name: users.name,
      expiresAt: sessions.expiresAt,
      lastSeenAt: sessions.lastSeenAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      and(
        eq(sessions.tokenHash, tokenHash(reference)),
        eq(sessions.kind, kind),
        isNull(sessions.endedAt),
        isNull(users.disabledAt),
      ),
    )
  if (!row) return undefined
  const idleEndsAt = row.lastSeenAt.plus({ minutes: idleMinutes })
  return { ...row, idleEndsAt, grants: await grantsOf(db, row.userId) }
}

/** The grants of a user in the form used for access checks: not revoked, and not suspended by a closed unit or team. */
export async function grantsOf(db: Reader, userId: string): Promise<Grant[]> {
  const rows = await db
    .select({
      role: roleGrants.role,
      unitPath: units.path,
      districtCode: roleGrants.districtCode,
      withinDistrict: roleGrants.withinDistrict,
      teamId: roleGrants.teamId,
    })
    .from(roleGrants)
    .leftJoin(units, eq(units.id, roleGrants.unitId))
    .leftJoin(teams, eq(teams.id, roleGrants.teamId))
    .where(and(eq(roleGrants.userId, userId), inForce))
  return rows.map(({ role, ...over }) => ({ role, permissions: permissionsOf(role), scope: scopeOf(over) }))
}

/**
 * A user as they could act now: for what goes on in their name after their own request. Undefined when the account is
 * disabled. Whoever uses it asks again whether this user may still do it: a right that was taken away takes along what was
 * done by it.
 */
export async function actorNow(db: Reader, userId: string): Promise<Actor | undefined> {
  const [user] = await db
    .select({ name: users.name })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.disabledAt)))
  if (!user) return undefined
  return { userId, sessionId: '', name: user.name, address: '', grants: await grantsOf(db, userId) }
}

/** A condition on grants joined with their units and teams: not revoked, and the unit or team is open. */
export const inForce = and(isNull(roleGrants.revokedAt), isNull(units.closedAt), isNull(teams.closedAt))

interface Over {
  unitPath: string | null
  districtCode: string | null
  withinDistrict: string | null
  teamId: string | null
}

/** A unit: its path with everything below it, limited to `withinDistrict`; a district: its code; a team: its id. */
export function scopeOf(over: Over): Grant['scope'] {
  if (over.teamId !== null) return { id: over.teamId }
  if (over.unitPath !== null) {
    return over.withinDistrict === null
      ? { path: over.unitPath }
      : { path: over.unitPath, code: over.withinDistrict }
  }
  return over.districtCode === null ? null : { code: over.districtCode }
}

/** Records that a session was used; the idle time starts again. */
export async function touchSession(tx: Writer, sessionId: string, at: DateTime): Promise<void> {
  await tx.update(sessions).set({ lastSeenAt: at }).where(eq(sessions.id, sessionId))
  forgetSession(tx, sessionId)
}

/** Ends one session, at once in this process. Returns whether it was active. */
export async function endSession(
  tx: Writer,
  id: string,
  because: SessionEnd,
  at: DateTime,
): Promise<boolean> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: at, endedBecause: because })
    .where(and(eq(sessions.id, id), isNull(sessions.endedAt)))
    .returning({ id: sessions.id })
  forgetSession(tx, id)
  return ended.length > 0
}

/** Ends all sessions of a user except `kept`, at once in this process. Returns how many were active. */
export async function endSessionsOf(
  tx: Writer,
  userId: string,
  because: SessionEnd,
  at: DateTime,
  kept?: string,
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: at, endedBecause: because })
    .where(
      and(
        eq(sessions.userId, userId),
        isNull(sessions.endedAt),
        kept === undefined ? undefined : ne(sessions.id, kept),
      ),
    )
    .returning({ id: sessions.id })
  forgetUsers(tx, [userId])
  return ended.length
}

/** The session with this id, ended or not; undefined when there is none. */
export async function sessionById(db: Reader, id: string): Promise<typeof sessions.$inferSelect | undefined> {
  const [session] = await db.select().from(sessions).where(eq(sessions.id, id))
  return session
}
