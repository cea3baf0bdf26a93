import type { Actor, Authenticate } from '#platform/http/access.ts'
import { type App, createServer, type ServerOptions } from '#platform/http/server.ts'
import { createLogger } from '#platform/logger.ts'
import { systemClock } from '#platform/time.ts'

/** Somebody who may do what `authorization` says: a permission, then perhaps who it is, `things.read alice`. */
const byHeader: Authenticate = async ({ headers, ip }) => {
  const { authorization } = headers
  if (!authorization) return null
  const [permission = '', user = 'somebody'] = authorization.split(' ')
  const grant = {
    role: 'test',
    permissions: new Set([permission]),
    unitPath: null,
    districtCode: null,
    teamId: null,
  }
  return {
    userId: user,
    sessionId: user,
    name: 'Test',
    address: ip,
    grants: [grant],
  } satisfies Actor
}

/** The HTTP platform alone, for routes that a test brings. */
export function smallServer(options: Partial<ServerOptions> = {}): Promise<App> {
  return createServer({
    log: createLogger('silent'),
    clock: systemClock,
    publicUrl: new URL('http://localhost'),
    trustProxy: false,
    limits: { perSession: 1000, perAddress: 1000, perLink: 1000, missesPerAddress: 1000 },
    authenticate: byHeader,
    permissions: new Set(['things.read', 'things.edit']),
    ...options,
  })
}
