import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor, Authenticate } from '#platform/http/access.ts'
import { type App, createServer, type ServerOptions } from '#platform/http/server.ts'
import { createLogger } from '#platform/logger.ts'
import { systemClock } from '#platform/time.ts'
import { newKeyRing } from '#test/support/keys.ts'

/** Somebody who may do what `authorization` says: a permission, then perhaps who it is and as what, `things.read alice leader`. */
const byHeader: Authenticate = async ({ headers, ip }) => {
  const { authorization } = headers
  if (!authorization) return null
  const [permission = '', user = 'somebody', role = 'test'] = authorization.split(' ')
  const grant = {
    role,
    permissions: new Set([permission]),
    scope: null,
  }
  return {
    userId: user,
    sessionId: user,
    name: 'Test',
    address: ip,
    grants: [grant],
  } satisfies Actor
}

/** Keys of its own, of which nothing stays on the disk. */
function someKeys() {
  const folder = mkdtempSync(join(tmpdir(), 'muster-keys-'))
  try {
    return newKeyRing(join(folder, 'keys.json'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The HTTP platform alone, for routes that a test brings. */
export function smallServer(options: Partial<ServerOptions> = {}): Promise<App> {
  return createServer({
    log: createLogger('silent'),
    clock: systemClock,
    keys: someKeys(),
    publicUrl: new URL('http://localhost'),
    timeZone: 'Asia/Shanghai',
    trustProxy: false,
    limits: { perSession: 1000, perAddress: 1000, perLink: 1000, missesPerAddress: 1000 },
    authenticate: byHeader,
    refusalTexts: { 'thing.wrong': { zh: '最多{max}个，请减少。', en: 'At most {max}. Take fewer.' } },
    permissions: new Set(['things.read', 'things.edit']),
    ...options,
  })
}
