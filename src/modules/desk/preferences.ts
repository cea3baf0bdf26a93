import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { PreferencesBody, PreferencesView } from './contract.ts'
import { preferences } from './schema.ts'

/** A user's preferences; version 0 and nothing else before the first save. */
export async function readPreferences(db: Reader, userId: string): Promise<PreferencesView> {
  const [row] = await db.select().from(preferences).where(eq(preferences.userId, userId))
  return row ? { ...row.chosen, version: row.version } : { version: 0 }
}

/**
 * Replaces a user's preferences (optimistic lock). `version` is the version the client has seen, so that two tabs do
 * not overwrite each other.
 * @throws DomainError stale `version.stale`
 */
export async function savePreferences(
  tx: Writer,
  { userId, version, chosen, at }: { userId: string; version: number; chosen: PreferencesBody; at: DateTime },
): Promise<PreferencesView> {
  const present = await readPreferences(tx, userId)
  if (present.version !== version) {
    const message = 'This was changed in the meantime. Read it again.'
    throw new DomainError('stale', 'version.stale', message, { version: present.version })
  }
  const row = { chosen, version: version + 1, changedAt: at }
  await tx
    .insert(preferences)
    .values({ userId, ...row })
    .onConflictDoUpdate({ target: preferences.userId, set: row })
  return { ...chosen, version: row.version }
}
