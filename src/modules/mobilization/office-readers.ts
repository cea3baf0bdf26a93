import { withoutLiveAccount } from '#modules/accounts/index.ts'
import type { OfficeReader } from '#modules/messaging/index.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { contactsFor } from './contacts.ts'

/** Somebody who holds an office to which a subject is told. */
export interface OfficeHolder {
  subject: string
  holderId: string
  /** The person whom the subject is about; the holder themselves when absent. */
  aboutId?: string
}

/**
 * Where these holders of offices are written to, by subject (`readersOf` of a kind of message). Whoever has an account holds an
 * office only while an account of theirs is enabled.
 */
export async function officeReaders(
  db: Reader,
  holders: readonly OfficeHolder[],
): Promise<Map<string, OfficeReader[]>> {
  const contactOf = new Map<string, string>()
  const ids = [...new Set(holders.map(({ holderId }) => holderId))]
  await inChunks(ids, 500, async (some) => {
    const disabled = await withoutLiveAccount(db, some)
    const holding = some.filter((personId) => !disabled.has(personId))
    const contacts = await contactsFor(
      db,
      holding.map((personId) => ({ personId, minor: false })),
    )
    for (const [personId, { contactId }] of contacts) contactOf.set(personId, contactId)
  })
  const readers = new Map<string, OfficeReader[]>()
  for (const { subject, holderId, aboutId = holderId } of holders) {
    const contactId = contactOf.get(holderId)
    if (contactId === undefined) continue
    readers.set(subject, [...(readers.get(subject) ?? []), { contactId, personId: aboutId }])
  }
  return readers
}
