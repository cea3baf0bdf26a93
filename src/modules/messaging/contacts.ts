import { and, eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { markContact } from '#modules/organisation/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { messages } from './schema.ts'

const marks = {
  invalid: { invalid: true },
  opted_out: { optedOut: true },
  opted_in: { optedOut: false },
}

/**
 * Marks contacts as invalid or opted out, as a provider or the receiver reported. The mark is valid for everybody who
 * shares the contact.
 */
export async function markContacts(
  tx: Writer,
  ids: readonly string[],
  mark: keyof typeof marks,
  at: DateTime,
): Promise<void> {
  for (const contactId of new Set(ids)) {
    await markContact(tx, { contactId, marks: marks[mark], by: 'system', at })
  }
}

/** Suppresses the queued messages of an opted-out contact at once, so that lists show the state. Returns the number. */
export async function suppressWaiting(tx: Writer, contactId: string, at: DateTime): Promise<number> {
  const held = await tx
    .update(messages)
    .set({ state: 'suppressed', reason: 'opted_out', stateAt: at })
    .where(and(eq(messages.contactId, contactId), eq(messages.state, 'queued')))
    .returning({ id: messages.id })
  return held.length
}
