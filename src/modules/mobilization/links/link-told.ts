/** To which numbers the personal link of somebody went. */
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { guardianKinds, kindFor, kindNames } from '../messages/message-kind-names.ts'

/** The kinds whose texts hold the personal link of whomever they are about. */
const linking: readonly string[] = [
  ...Object.values(guardianKinds),
  ...(Object.keys(guardianKinds) as (keyof typeof guardianKinds)[]).map((kind) => kindFor(kind, false)),
  kindNames.consentEntered,
]

/** Of whom it is asked: a participation, and which generation of its link counts. */
interface Linked {
  personId: string
  eventId: string
  generation: number
}

/**
 * The contacts to which the present link of somebody went. A link of a later generation is told by an invitation of that
 * generation first; what went out before told an earlier one.
 */
export async function linkToldAt(
  db: Reader,
  { personId, eventId, generation }: Linked,
): Promise<Set<string>> {
  const told = await db
    .select({
      contactId: messages.contactId,
      kind: messages.kind,
      generation: messages.generation,
      createdAt: messages.createdAt,
      handedOverAt: messages.handedOverAt,
    })
    .from(messageSubjects)
    .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
    .where(
      and(
        eq(messageSubjects.personId, personId),
        eq(messages.eventId, eventId),
        inArray(messages.kind, [...linking]),
        isNotNull(messages.handedOverAt),
      ),
    )
  const invited = told.filter((each) => inviting.has(each.kind) && each.generation === generation)
  const since = Math.min(...invited.map(({ createdAt }) => createdAt.toMillis()))
  const now = told.filter(({ handedOverAt }) => handedOverAt!.toMillis() >= since)
  return new Set((invited.length > 0 ? now : told).map(({ contactId }) => contactId))
}

const inviting: ReadonlySet<string> = new Set([kindNames.invitation, guardianKinds.invitation])
