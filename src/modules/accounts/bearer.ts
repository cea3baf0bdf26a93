import jwt from '@fastify/jwt'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { App } from '#platform/http/server.ts'

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: BearerClaims
  }
}

/** What a bearer token says. Everything else is looked up by the session, which may have ended since. */
export interface BearerClaims {
  /** The user. */
  sub: string
  /** The session. */
  jti: string
  /** Seconds since 1970. */
  iat: number
  exp: number
}

/** Signs with HS256 and accepts nothing else: neither another algorithm, nor none, nor a token without an end. */
export async function registerBearer(app: App, keys: KeyRing): Promise<void> {
  await app.register(jwt, {
    secret: keys.signingKey(),
    sign: { algorithm: 'HS256' },
    verify: { algorithms: ['HS256'], requiredClaims: ['sub', 'jti', 'iat', 'exp'], cache: false },
  })
}

/** A token for a session, good until the session's end. */
export function bearerTokenOf(
  app: App,
  session: { id: string; userId: string; at: DateTime; expiresAt: DateTime },
): string {
  return app.jwt.sign({
    sub: session.userId,
    jti: session.id,
    iat: Math.floor(session.at.toSeconds()),
    exp: Math.floor(session.expiresAt.toSeconds()),
  })
}

/** The claims of a token that is ours and not over; undefined for everything else, whatever is wrong with it. */
export function readBearer(app: Pick<App, 'jwt'>, token: string, at: DateTime): BearerClaims | undefined {
  try {
    const claims = app.jwt.verify<BearerClaims>(token, { clockTimestamp: at.toMillis() })
    return typeof claims.jti === 'string' ? claims : undefined
  } catch {
    // Every FAST_JWT_ error means the same: this token proves nothing.
    return undefined
  }
}
