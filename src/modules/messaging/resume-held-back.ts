import { and, asc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { enqueueDelivery } from './delivery-jobs.ts'
import { messageSubjects, messages } from './schema.ts'

type MessageRow = typeof messages.$inferSelect

/**
 * Writes again what was held back from a contact because it had opted out: without that the invitation and the reminder of
 * whoever opts in again would never come. Not what is too late, and nothing about which there is a later message. Whether
 * something is still to be told is asked when it is sent, as of every message. Each is a new row; the row that was held back
 * keeps its history. Returns the number.
 */
export async function resumeHeldBack(tx: Writer, contactId: string, at: DateTime): Promise<number> {
  const heldBack = await tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.contactId, contactId),
        eq(messages.state, 'suppressed'),
        eq(messages.reason, 'opted_out'),
        or(isNull(messages.expiresAt), gt(messages.expiresAt, at)),
      ),
    )
    .orderBy(asc(messages.part), asc(messages.id))
  if (heldBack.length === 0) return 0
  const written = await tx
    .select({ message: messages, named: messageSubjects })
    .from(messages)
    .innerJoin(messageSubjects, eq(messageSubjects.messageId, messages.id))
    .where(
      and(
        eq(messages.contactId, contactId),
        inArray(messages.groupKey, [...new Set(heldBack.map(({ groupKey }) => groupKey))]),
      ),
    )
  const rows: (typeof messages.$inferInsert)[] = []
  const subjects: (typeof messageSubjects.$inferInsert)[] = []
  const parts = new Map<string, number>()
  for (const held of heldBack) {
    const key = keyOf(held)
    const alike = written.filter(({ message }) => keyOf(message) === key)
    const isTold = (subject: string) =>
      alike.some(({ message, named }) => named.subject === subject && message.part > held.part)
    const still = alike.filter(({ message, named }) => message.id === held.id && !isTold(named.subject))
    if (still.length === 0) continue
    const part = (parts.get(key) ?? Math.max(...alike.map(({ message }) => message.part))) + 1
    parts.set(key, part)
    const row = againOf(held, part, at)
    rows.push(row)
    subjects.push(...still.map(({ named }) => ({ ...named, messageId: row.id })))
  }
  await inChunks(rows, 200, (some) => tx.insert(messages).values(some))
  await inChunks(subjects, 200, (some) => tx.insert(messageSubjects).values(some))
  if (rows.length > 0)
    await enqueueDelivery(
      tx,
      rows.map(({ notBefore }) => notBefore),
      at,
    )
  return rows.length
}

function keyOf({ kind, groupKey, generation, channel }: MessageRow): string {
  return JSON.stringify([kind, groupKey, generation, channel])
}

/** A reminder keeps its moment. */
function againOf(held: MessageRow, part: number, at: DateTime) {
  const { kind, contactId, eventId, groupKey, generation, channel, locale, lane, expiresAt, startsAt } = held
  return {
    ...{ kind, contactId, eventId, groupKey, generation, channel, locale, lane, expiresAt, startsAt },
    ...{ id: newId(), part, state: 'queued' as const, stateAt: at, createdAt: at },
    notBefore: DateTime.max(held.notBefore, at),
  }
}
