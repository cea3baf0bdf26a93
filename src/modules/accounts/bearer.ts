import jwt from '@fastify/jwt'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { App } from '#platform/http/server.ts'

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: BearerClaims
  }
}

/** The claims of a bearer token. Everything else is read from the session row, which may have ended. */
export interface BearerClaims {
  /** User id. */
  sub: string
  /** Session id. */
  jti: string
  /** Seconds since 1970. */
  iat: number
  exp: number
}

/** Signs with HS256 and accepts nothing else: no other algorithm, no `none`, no token without an expiry. */
export async function registerBearer(app: App, keys: KeyRing): Promise<void> {
  await app.register(jwt, {
    secret: keys.signingKey(),
    sign: { algorithm: 'HS256' },
    verify: { algorithms: ['HS256'], requiredClaims: ['sub', 'jti', 'iat', 'exp'], cache: false },
  })
}

/** A signed token for a session, valid until the session ends. */
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

/** The claims of a valid token signed by us; undefined for any other token, whatever the reason. */
export function readBearer(app: Pick<App, 'jwt'>, token: string, at: DateTime): BearerClaims | undefined {
  try {
    const claims = app.jwt.verify<BearerClaims>(token, { clockTimestamp: at.toMillis() })
    return typeof claims.jti === 'string' ? claims : undefined
  } catch {
    // All FAST_JWT_ errors are treated alike: the token is invalid.
    return undefined
  }
}
