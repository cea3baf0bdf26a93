import type { DateTime } from 'luxon'
import { afterCommit, type Database, type Writer } from '#platform/database/port.ts'
import type { Grant } from '#platform/http/access.ts'

/** What a request needs to know of a session, as it was when it was read. */
export interface KnownSession {
  sessionId: string
  userId: string
  name: string
  grants: readonly Grant[]
  idleEndsAt: DateTime
  expiresAt: DateTime
  lastSeenAt: DateTime
}

/** How long a session may be trusted without asking the database, in real time. Other processes lag by this much. */
const trustedMs = 3000
const sizeMax = 20_000

interface Entry {
  db: Database
  session: KnownSession
  readAtMs: number
}

const entries = new Map<string, Entry>()
/** Counts endings, so that a row that was read before one is not remembered after it. */
let endings = 0

/** The session under `key` if it was read lately; otherwise reads it and remembers what was found. */
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

/** After the commit, this process asks the database again about every session of these users. */
export function forgetUsers(tx: Writer, userIds: readonly string[]): void {
  const gone = new Set(userIds)
  forget(tx, (session) => gone.has(session.userId))
}

/** After the commit, this process asks the database again about this session. */
export function forgetSession(tx: Writer, sessionId: string): void {
  forget(tx, (session) => session.sessionId === sessionId)
}

function forget(tx: Writer, which: (session: KnownSession) => boolean): void {
  afterCommit(tx, () => {
    endings += 1
    for (const [key, { session }] of entries) if (which(session)) entries.delete(key)
  })
}
