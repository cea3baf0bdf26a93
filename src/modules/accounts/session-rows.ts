import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { units } from '#modules/organisation/schema.ts'
import { randomToken, tokenHash } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import type { Grant } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import type { SecurityRules } from './password-rules.ts'
import { permissionsOf } from './roles.ts'
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

/** Starts a session. `reference` is what the cookie holds; a bearer token holds the session's id, signed. */
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

/** The live session with this reference, with the grants of its user as they are now. */
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

/** The live grants of a user in the form that access is decided by. */
export async function grantsOf(db: Reader, userId: string): Promise<Grant[]> {
  const rows = await db
    .select({
      role: roleGrants.role,
      unitPath: units.path,
      districtCode: roleGrants.districtCode,
      teamId: roleGrants.teamId,
    })
    .from(roleGrants)
    .leftJoin(units, eq(units.id, roleGrants.unitId))
    .where(and(eq(roleGrants.userId, userId), isNull(roleGrants.revokedAt)))
  return rows.map((row) => ({ ...row, permissions: permissionsOf(row.role) }))
}

/** Notes that a session was used, so that idle time counts from now. */
export async function touchSession(tx: Writer, sessionId: string, at: DateTime): Promise<void> {
  await tx.update(sessions).set({ lastSeenAt: at }).where(eq(sessions.id, sessionId))
  forgetSession(tx, sessionId)
}

/** Ends one session, at once in this process. Returns whether it was live. */
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

/** Ends every session of a user, at once in this process. Returns how many were live. */
export async function endSessionsOf(
  tx: Writer,
  userId: string,
  because: SessionEnd,
  at: DateTime,
): Promise<number> {
  const ended = await tx
    .update(sessions)
    .set({ endedAt: at, endedBecause: because })
    .where(and(eq(sessions.userId, userId), isNull(sessions.endedAt)))
    .returning({ id: sessions.id })
  forgetUsers(tx, [userId])
  return ended.length
}

export async function sessionById(db: Reader, id: string): Promise<typeof sessions.$inferSelect | undefined> {
  const [session] = await db.select().from(sessions).where(eq(sessions.id, id))
  return session
}
