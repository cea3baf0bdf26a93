import { and, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { contacts } from '../schema.ts'
import { sealContact } from '../sealed.ts'
import type { ContactKind } from '../words.ts'

/**
 * The id of the row of a phone number or e-mail address; the row is created if it is missing. Needed for messages to a
 * number that is nobody's contact. `value` is normalised by `readContact`.
 */
export async function contactIdOf(
  tx: Writer,
  keys: KeyRing,
  { kind, value }: { kind: ContactKind; value: string },
  at: DateTime,
): Promise<string> {
  const [known] = await tx
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.kind, kind), inArray(contacts.valueIndex, keys.blindIndexes(kind, value))))
  if (known) return known.id
  const id = newId()
  // On PostgreSQL, a conflict with a row that this transaction cannot see yet is a serialization error, and the
  // transaction is retried; no row is skipped silently.
  await tx
    .insert(contacts)
    .values({ id, kind, ...sealContact(keys, id, { kind, value }), createdAt: at })
    .onConflictDoNothing()
  return id
}

/** The ids of those of these numbers or addresses that have a row. */
export async function knownContactIds(
  db: Reader,
  keys: KeyRing,
  { kind, values }: { kind: ContactKind; values: readonly string[] },
): Promise<string[]> {
  if (values.length === 0) return []
  const indexes = values.flatMap((value) => keys.blindIndexes(kind, value))
  const rows = await db
    .select({ id: contacts.id })
    .from(contacts)
    .where(and(eq(contacts.kind, kind), inArray(contacts.valueIndex, indexes)))
  return rows.map(({ id }) => id)
}
