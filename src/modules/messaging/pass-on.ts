/** Messages to whoever holds an office, after the office went to somebody else. */
import type { DateTime } from 'luxon'
import type { Database, Reader } from '#platform/database/port.ts'
import type { Message } from './claim.ts'
import type { KindDefinition } from './kinds.ts'
import type { Prepared } from './prepared.ts'
import { type MessageRequest, queueMessages } from './queue-messages.ts'
import type { Subject } from './subjects.ts'
import { lanes } from './words.ts'

interface Due {
  message: Message
  subjects: readonly string[]
}

/**
 * Takes from each message what its reader does not hold the office for any more, and says to whom it goes instead: to whoever
 * holds it now. For messages of one kind.
 */
export async function toHolders(
  reader: Reader,
  kind: KindDefinition,
  due: readonly Due[],
): Promise<(Due & { passOn?: MessageRequest[] })[]> {
  if (!kind.readersOf) return [...due]
  const all = [...new Set(due.flatMap(({ subjects }) => subjects))]
  const readers = await kind.readersOf(reader, all)
  return due.map(({ message, subjects }) => {
    const holds = (subject: string) =>
      readers.get(subject)?.some(({ contactId }) => contactId === message.contactId) ?? false
    const lost = subjects.filter((subject) => !holds(subject))
    if (lost.length === 0) return { message, subjects }
    const passOn = lost.flatMap((subject) =>
      (readers.get(subject) ?? []).map(({ contactId, personId }): MessageRequest => {
        const { kind: name, groupKey, generation, eventId, lane, expiresAt, startsAt, locale } = message
        const same = { kind: name, groupKey, generation, eventId, expiresAt, startsAt, locale }
        const subjects = [{ subject: subject as Subject, personId }]
        return { ...same, contactId, lane: lanes[lane]!, subjects }
      }),
    )
    return { message, subjects: subjects.filter(holds), passOn }
  })
}

/**
 * Writes the messages to whoever holds the offices now; those who were told already are told nothing more. Before the old
 * messages end: a process that dies in between finds them again.
 */
export async function passOn(db: Database, prepared: readonly Prepared[], at: DateTime): Promise<void> {
  const requests = prepared.flatMap((each) => each.passOn ?? [])
  if (requests.length > 0) await db.transaction((tx) => queueMessages(tx, requests, at))
}
