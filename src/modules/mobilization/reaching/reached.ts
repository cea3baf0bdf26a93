import { and, eq, exists, gte, inArray, isNotNull, isNull, notExists, or, type SQL, sql } from 'drizzle-orm'
import type { EventRow } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import type { MessageState, Reason } from '#modules/messaging/index.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import { inChunks, type Reader } from '#platform/database/port.ts'
import { contactsFor } from '../contacts.ts'
import { guardianKinds, kindNames } from '../messages/message-kind-names.ts'
import type { ParticipationRow } from '../participations.ts'
import { assignments, participations } from '../schema.ts'
import { subject, subjectId } from '../subjects.ts'
import type { ReachState } from '../words.ts'

/** The kinds of message that ask a person whether they come. */
const asking = [kindNames.invitation, guardianKinds.invitation]
const arrived: MessageState[] = ['accepted', 'sent', 'delivered']
const failed: MessageState[] = ['dead', 'expired', 'suppressed', 'cancelled', 'undelivered']

/** A message that asked with the present link, in one of these states. */
function askedBy(db: Reader, states: SQL | undefined) {
  return db
    .select({ one: sql`1` })
    .from(messageSubjects)
    .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
    .where(
      and(
        sql`${messageSubjects.subject} = 'participation:' || ${participations.id}`,
        inArray(messages.kind, asking),
        gte(messages.generation, participations.linkGeneration),
        states,
      ),
    )
}

/** SQL condition on `participations`: whether the person was reached. Before publication nobody is either. */
export function wasReached(db: Reader, event: EventRow, reached: boolean): SQL | undefined {
  if (!event.publishedAt) return sql`1 = 0`
  if (reached) {
    const came = exists(askedBy(db, inArray(messages.state, arrived)))
    return or(isNotNull(participations.answer), and(isNull(participations.linkRevokedAt), came))
  }
  const held = db
    .select({ one: sql`1` })
    .from(assignments)
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .where(
      and(
        eq(assignments.participationId, participations.id),
        isNull(assignments.freedAt),
        isNull(shifts.cancelledAt),
      ),
    )
  const carried = askedBy(db, sql`${messages.state} not in (${sql.join(failed, sql`, `)})`)
  const lost = or(isNotNull(participations.linkRevokedAt), notExists(carried))
  return and(isNull(participations.answer), exists(held), lost)
}

interface Asked {
  id: string
  generation: number
  state: MessageState
  reason: Reason | null
}

interface Placed {
  participation: ParticipationRow
  assignments: readonly { assignment: { minor: boolean; freedAt: unknown } }[]
}

/** What became of asking these people, by participation. */
export async function reachStatesOf(
  db: Reader,
  event: Pick<EventRow, 'publishedAt'>,
  items: readonly Placed[],
): Promise<Map<string, ReachState>> {
  const asked = Map.groupBy(
    await askedOf(
      db,
      items.map(({ participation }) => participation.id),
    ),
    ({ id }) => id,
  )
  const people = items.map(({ participation, assignments: own }) => {
    return { personId: participation.personId, minor: own.some(({ assignment }) => assignment.minor) }
  })
  const contacts = await contactsFor(db, people)
  return new Map(
    items.map(({ participation, assignments: own }) => {
      const holds = own.some(({ assignment }) => assignment.freedAt === null)
      const sent = (asked.get(participation.id) ?? []).filter(
        ({ generation }) => generation >= participation.linkGeneration,
      )
      const contact = contacts.get(participation.personId)
      const known = { told: event.publishedAt !== null && holds, contact }
      return [participation.id, stateOf(participation, sent, known)]
    }),
  )
}

function stateOf(
  { answer, linkRevokedAt }: ParticipationRow,
  sent: readonly Asked[],
  { told, contact }: { told: boolean; contact: { optedOut: boolean } | undefined },
): ReachState {
  if (answer) return 'answered'
  if (linkRevokedAt) return 'link_stopped'
  const states = sent.map(({ state }) => state)
  if (states.includes('delivered')) return 'delivered'
  if (states.some((state) => arrived.includes(state))) return 'sent'
  if (states.includes('unknown')) return 'unknown'
  if (states.some((state) => !failed.includes(state))) return 'waiting'
  if (!told) return 'not_told'
  if (!contact) return 'no_contact'
  const reasons = sent.map(({ reason }) => reason)
  if (contact.optedOut || reasons.includes('opted_out')) return 'opted_out'
  if (reasons.includes('contact_invalid')) return 'contact_invalid'
  if (states.includes('undelivered')) return 'not_delivered'
  return states.length > 0 ? 'not_sent' : 'waiting'
}

async function askedOf(db: Reader, participationIds: readonly string[]): Promise<Asked[]> {
  const found: Asked[] = []
  await inChunks(participationIds, 500, async (some) => {
    const rows = await db
      .select({
        subject: messageSubjects.subject,
        generation: messages.generation,
        state: messages.state,
        reason: messages.reason,
      })
      .from(messageSubjects)
      .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
      .where(
        and(
          inArray(
            messageSubjects.subject,
            some.map((id) => subject('participation', id)),
          ),
          inArray(messages.kind, asking),
        ),
      )
    for (const row of rows) found.push({ ...row, id: subjectId('participation', row.subject) })
  })
  return found
}

const open: readonly ReachState[] = ['not_told', 'waiting', 'unknown']
const yes: readonly ReachState[] = ['answered', 'delivered', 'sent']

/** Whether the person was reached; null while that is open. */
export function isReached(state: ReachState): boolean | null {
  return open.includes(state) ? null : yes.includes(state)
}
