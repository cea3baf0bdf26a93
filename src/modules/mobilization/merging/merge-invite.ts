import { and, eq, gt, inArray, isNotNull, isNull, ne } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { messageSubjects, messages } from '#modules/messaging/schema.ts'
import type { Writer } from '#platform/database/port.ts'
import { inviteSoon } from '../assign-person.ts'
import { kindFor } from '../messages/message-kind-names.ts'
import { assignments, participations } from '../schema.ts'
import { subject } from '../subjects.ts'

/**
 * Invites a person who got a place by a merge: once, in a published event, for a future shift, and only if this
 * participation was never invited.
 */
export async function inviteIfNeverTold(
  tx: Writer,
  participationIds: readonly string[],
  at: DateTime,
): Promise<void> {
  if (participationIds.length === 0) return
  const expected = await tx
    .selectDistinct({ id: participations.id })
    .from(participations)
    .innerJoin(events, eq(events.id, participations.eventId))
    .innerJoin(assignments, eq(assignments.participationId, participations.id))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .where(
      and(
        inArray(participations.id, [...participationIds]),
        isNotNull(events.publishedAt),
        isNull(events.cancelledAt),
        isNull(events.closedAt),
        isNull(assignments.freedAt),
        isNull(shifts.cancelledAt),
        gt(shifts.endsAt, at),
      ),
    )
  if (expected.length === 0) return
  const told = await tx
    .select({ subject: messageSubjects.subject })
    .from(messageSubjects)
    .innerJoin(messages, eq(messages.id, messageSubjects.messageId))
    .where(
      and(
        inArray(
          messageSubjects.subject,
          expected.map(({ id }) => subject('participation', id)),
        ),
        inArray(messages.kind, [kindFor('invitation', false), kindFor('invitation', true)]),
        ne(messages.state, 'cancelled'),
      ),
    )
  const known = new Set(told.map((each) => each.subject))
  for (const { id } of expected) if (!known.has(subject('participation', id))) await inviteSoon(tx, id)
}
