import { and, eq, inArray, ne } from 'drizzle-orm'
import { eventRow, stateOf } from '#modules/events/index.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { type InviteContext, invitationTo, queueAll } from './invite.ts'
import { inviteesOf } from './invitees.ts'
import { participationRow } from './participations.ts'
import { subject } from './subjects.ts'

/**
 * Sends a new invitation to people whom a proposal moved after their first one, once per proposal. A queued invitation
 * needs none, because it is rendered when it is sent. Idempotent.
 */
export async function inviteAgain(
  context: InviteContext,
  participationIds: readonly string[],
  replannedAt: string,
): Promise<void> {
  const { db, now } = context
  const [first] = participationIds
  if (first === undefined) return
  const event = await eventRow(db.read, (await participationRow(db.read, first)).eventId)
  if (stateOf(event) !== 'published') return
  const told = await invitedAlready(db.read, participationIds)
  const invited = await inviteesOf(db.read, participationIds)
  const people = invited.filter((each) => told.has(subject('participation', each.participationId)))
  const requests = people.flatMap((invitee) => invitationTo(event.id, invitee, now()))
  await queueAll(
    context,
    requests.map((request) => ({
      ...request,
      groupKey: `replan:${event.id}@${replannedAt}`,
      lane: 'change',
    })),
  )
}

/** The subjects whose invitation was sent. */
async function invitedAlready(db: Reader, participationIds: readonly string[]): Promise<Set<string>> {
  const about = participationIds.map((id) => subject('participation', id))
  const rows = await db
    .select({ subject: messageSubjects.subject })
    .from(messageSubjects)
    .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
    .where(and(inArray(messageSubjects.subject, about), ne(messages.state, 'queued')))
  return new Set(rows.map((row) => row.subject))
}
