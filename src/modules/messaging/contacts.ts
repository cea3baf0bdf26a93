import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { contacts } from '#modules/organisation/schema.ts'
import type { Writer } from '#platform/database/port.ts'
import { messages } from './schema.ts'

/**
 * Remembers what a provider or the receiver said of contacts. Both belong to the number, whoever shares it, and keep
 * the first time they were said.
 */
export async function markContacts(
  tx: Writer,
  ids: readonly string[],
  mark: 'invalid' | 'opted_out',
  at: DateTime,
): Promise<void> {
  if (ids.length === 0) return
  const [set, unset] =
    mark === 'invalid'
      ? [{ invalidAt: at }, isNull(contacts.invalidAt)]
      : [{ optedOutAt: at }, isNull(contacts.optedOutAt)]
  await tx
    .update(contacts)
    .set(set)
    .where(and(inArray(contacts.id, [...new Set(ids)]), unset))
}

/** Whatever still waits for a contact that opted out is held back at once, so that lists show it. */
export async function suppressWaiting(tx: Writer, contactId: string, at: DateTime): Promise<number> {
  const held = await tx
    .update(messages)
    .set({ state: 'suppressed', reason: 'opted_out', stateAt: at })
    .where(and(eq(messages.contactId, contactId), eq(messages.state, 'queued')))
    .returning({ id: messages.id })
  return held.length
}
