import type { DateTime } from 'luxon'
import { afterCommit, type Database, type Writer } from '#platform/database/port.ts'
import type { Grant } from '#platform/http/access.ts'

/** What a request needs to know about a session, as last read. */
export interface KnownSession {
  sessionId: string
  userId: string
  name: string
  grants: readonly Grant[]
  idleEndsAt: DateTime
  expiresAt: DateTime
  lastSeenAt: DateTime
}

/**
 * How long a session is cached, in real time. A session ended by another process is refused after at most this time.
 */
const trustedMs = 3000
const sizeMax = 20_000

interface Entry {
  db: Database
  session: KnownSession
  readAtMs: number
}

const entries = new Map<string, Entry>()
/** Counts ended sessions, so that a row read before an ending is not cached after it. */
let endings = 0

/** The session under `key`: from the cache, or read and cached. */
export async function cachedSession(
  db: Database,
  key: string,
  read: () => Promise<KnownSession | undefined>,
): Promise<KnownSession | undefined> {
  const known = entries.get(key)
  if (known && known.db === db && performance.now() - known.readAtMs < trustedMs) return known.session
  const before = endings
  const readAtMs = performance.now()
  const session = await read()
  entries.delete(key)
  if (session && before === endings) {
    if (entries.size >= sizeMax) entries.delete(entries.keys().next().value as string)
    entries.set(key, { db, session, readAtMs })
  }
  return session
}

/** After the commit, drops the cached sessions of these users in this process. */
export function forgetUsers(tx: Writer, userIds: readonly string[]): void {
  const gone = new Set(userIds)
  forget(tx, (session) => gone.has(session.userId))
}

/** Drops all cached sessions in this process, because the reach of roles may have changed. */
export function forgetEverybody(): void {
  endings += 1
  entries.clear()
}

/** After the commit, drops one cached session in this process. */
export function forgetSession(tx: Writer, sessionId: string): void {
  forget(tx, (session) => session.sessionId === sessionId)
}

function forget(tx: Writer, which: (session: KnownSession) => boolean): void {
  afterCommit(tx, () => {
    endings += 1
    for (const [key, { session }] of entries) if (which(session)) entries.delete(key)
  })
}
