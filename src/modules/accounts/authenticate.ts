import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyRequest } from 'fastify'
import type { DateTime } from 'luxon'
import type { Actor, Authenticate } from '#platform/http/access.ts'
import type { App } from '#platform/http/server.ts'
import type { AppContext } from '#src/context.ts'
import { readBearer } from './bearer.ts'
import { refuseForeign } from './origin.ts'
import { securityRules } from './password-rules.ts'
import { cachedSession, type KnownSession } from './session-cache.ts'
import { readSession, touchSession } from './session-rows.ts'
import type { SessionKind } from './words.ts'

type Needs = Pick<AppContext, 'db' | 'config' | 'now'>

/** The session cookie's name. `__Host-` makes browsers refuse one that is not Secure or was set by a sibling domain. */
export function cookieName(publicUrl: URL): string {
  return publicUrl.protocol === 'https:' ? '__Host-muster' : 'muster'
}

export function cookieOptions(publicUrl: URL): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure: publicUrl.protocol === 'https:' }
}

interface Presented {
  kind: SessionKind
  reference: string
}

/** What the request presents: a bearer token before a cookie, because nobody sends one by accident. */
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

/** How often `last_seen_at` is written: often enough for idle time to mean something, seldom enough to cost nothing. */
function seenLongAgo(session: KnownSession, at: DateTime): boolean {
  return at.diff(session.lastSeenAt).as('seconds') >= 60
}

/**
 * Who a request is from, by cookie or bearer token; null when it presents nothing that is (still) good.
 * Sessions are remembered for a few seconds; one that ends in this process is refused at once.
 */
export function createAuthenticate(needs: Needs): Authenticate {
  const { db, config, now } = needs
  const { idleMinutes } = securityRules[config.security.profile]
  return async (request): Promise<Actor | null> => {
    const proof = presented(request, needs)
    if (!proof) return null
    const { kind, reference } = proof
    const session = await cachedSession(db, `${kind}/${reference}`, () =>
      readSession(db.read, kind, reference, idleMinutes),
    )
    const at = now()
    if (!session || session.expiresAt <= at || session.idleEndsAt <= at) return null
    if (kind === 'cookie') refuseForeign(request, config.publicUrl)
    if (seenLongAgo(session, at)) {
      await db.transaction((tx) => touchSession(tx, session.sessionId, at), { isolation: 'statement' })
    }
    const { userId, sessionId, name, grants } = session
    return { userId, sessionId, name, address: request.ip, grants }
  }
}
