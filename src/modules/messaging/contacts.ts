import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { markContact } from '#modules/organisation/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { messages } from './schema.ts'

/** Remembers what a provider or the receiver said of contacts: it belongs to the number, whoever shares it. */
export async function markContacts(
  tx: Writer,
  ids: readonly string[],
  mark: 'invalid' | 'opted_out',
  at: DateTime,
): Promise<void> {
  const marks = mark === 'invalid' ? { invalid: true } : { optedOut: true }
  for (const contactId of new Set(ids)) await markContact(tx, { contactId, marks, by: 'system', at })
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
