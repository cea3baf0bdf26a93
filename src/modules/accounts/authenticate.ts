import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import type { DateTime } from 'luxon'
import type { Actor, Authenticate } from '#platform/http/access.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { readBearer } from './bearer.ts'
import { assertOwnOrigin } from './origin.ts'
import { assertSameUser } from './other-user.ts'
import { securityRules } from './password-rules.ts'
import { cachedSession, type KnownSession } from './session-cache.ts'
import { readSession, touchSession } from './session-rows.ts'
import type { SessionKind } from './words.ts'

type Needs = Pick<AppContext, 'db' | 'config' | 'now'>

/**
 * The name of the session cookie. With the prefix `__Host-`, browsers refuse a cookie that is not Secure or was set by
 * another subdomain.
 */
export function cookieName(publicUrl: URL): string {
  return publicUrl.protocol === 'https:' ? '__Host-muster' : 'muster'
}

/**
 * The options of the session cookie: not readable by scripts, sent from this site only, and `Secure` if the service
 * runs on https.
 */
export function cookieOptions(publicUrl: URL): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: publicUrl.protocol === 'https:' }
}

interface Presented {
  kind: SessionKind
  reference: string
}

/**
 * The credential of the request. A bearer token takes precedence over a cookie, because browsers send cookies
 * automatically and bearer tokens never.
 */
function presented(request: FastifyRequest, { config, now }: Needs): Presented | undefined {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization)?.[1]
    const claims = token ? readBearer(request.server as unknown as App, token, now()) : undefined
    return claims && { kind: 'bearer', reference: claims.jti }
  }
  const reference = request.cookies[cookieName(config.publicUrl)]
  return reference ? { kind: 'cookie', reference } : undefined
}

/**
 * Whether `last_seen_at` is old enough to be written again: precise enough for the idle limit, without a write per
 * request.
 */
function seenLongAgo(session: KnownSession, at: DateTime): boolean {
  return at.diff(session.lastSeenAt).as('seconds') >= 60
}

/**
 * The user of a request, by cookie or bearer token; null if the request has no valid credential. Sessions are cached
 * for a few seconds; a session that ends in this process is refused at once.
 * @throws DomainError `origin.refused`, `session.other_user`
 */
export function createAuthenticate(needs: Needs): Authenticate {
  const { db, config, now } = needs
  return async (request): Promise<Actor | null> => {
    const found = await sessionFor(request, needs)
    if (!found) return null
    const { kind, session } = found
    const at = now()
    if (kind === 'cookie') assertOwnOrigin(request, config.publicUrl)
    assertSameUser(request, session.userId)
    if (seenLongAgo(session, at)) {
      await db.transaction((tx) => touchSession(tx, session.sessionId, at), { isolation: 'statement' })
    }
    return actorOf(session, request)
  }
}

/**
 * Asks again, for an answer that goes on for hours, whose request it is: the same as `createAuthenticate`, but it does not
 * count as a sign of life. Null: the session is over.
 */
export function createStillSignedIn(needs: Needs): Authenticate {
  return async (request) => {
    const found = await sessionFor(request, needs)
    return found ? actorOf(found.session, request) : null
  }
}

/** The session of the request's credential, unless it has ended. */
async function sessionFor(
  request: FastifyRequest,
  needs: Needs,
): Promise<{ kind: SessionKind; session: KnownSession } | undefined> {
  const { db, config, now } = needs
  const { idleMinutes } = securityRules[config.security.profile]
  const proof = presented(request, needs)
  if (!proof) return undefined
  const { kind, reference } = proof
  const session = await cachedSession(db, `${kind}/${reference}`, () =>
    readSession(db.read, kind, reference, idleMinutes),
  )
  const at = now()
  if (!session || session.expiresAt <= at || session.idleEndsAt <= at) return undefined
  return { kind, session }
}

function actorOf({ userId, sessionId, name, grants }: KnownSession, request: FastifyRequest): Actor {
  return { userId, sessionId, name, address: request.ip, grants }
}
