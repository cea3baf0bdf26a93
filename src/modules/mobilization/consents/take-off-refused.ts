import { and, desc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shifts } from '#modules/events/schema.ts'
import { consentsFor } from '#modules/organisation/index.ts'
import { guardianConsents } from '#modules/organisation/schema.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { dayOf } from '../facts.ts'
import { settleAnswer } from '../participations.ts'
import { freePlace } from '../places.ts'
import { dropEmpty } from '../remove-assignment.ts'
import { assignments } from '../schema.ts'

/**
 * Takes minors off their places in an event that their guardians refused: declined after publication, deleted before
 * it. A refusal that came by a list is told then, as one on paper is: whoever reads the child's link may be the other
 * guardian, who said yes. Shifts that are over stay unchanged. Idempotent. Returns the number of freed places.
 */
export async function takeOffRefused(
  tx: Writer,
  keys: KeyRing,
  personIds: readonly string[],
  at: DateTime,
): Promise<number> {
  let freed = 0
  for (const [, held] of Map.groupBy(await placesHeld(tx, personIds, at), ({ event }) => event.id)) {
    const { event } = held[0]!
    const occasion = { eventId: event.id, day: dayOf(event) }
    const said = await consentsFor(
      tx,
      keys,
      held.map(({ assignment }) => assignment.personId),
      occasion,
    )
    for (const { assignment } of held) {
      if (said.get(assignment.personId) !== 'refused') continue
      await freePlace(tx, assignment)
      freed++
      const mine = eq(assignments.id, assignment.id)
      if (event.publishedAt) {
        const declined = { answer: 'declined' as const, answeredAt: at, freedAt: at, allotmentId: null }
        await tx.update(assignments).set(declined).where(mine)
        await settleAnswer(tx, assignment.participationId)
        await tellListed(tx, assignment.personId, event.id)
      } else await tx.delete(assignments).where(mine)
      const subject = `assignment:${assignment.id}`
      await record(tx, { action: 'assignment.refused_by_guardian', subject, by: 'system', at })
    }
    if (!event.publishedAt) await dropEmpty(tx, event.id)
  }
  return freed
}

/** Enqueues the telling of the refusal, if a list brought it. */
async function tellListed(tx: Writer, personId: string, eventId: string): Promise<void> {
  const [listed] = await tx
    .select({ id: guardianConsents.id })
    .from(guardianConsents)
    .where(
      and(
        eq(guardianConsents.personId, personId),
        eq(guardianConsents.via, 'list'),
        eq(guardianConsents.says, 'no'),
        or(isNull(guardianConsents.eventId), eq(guardianConsents.eventId, eventId)),
      ),
    )
    .orderBy(desc(guardianConsents.id))
    .limit(1)
  if (listed) await enqueue(tx, 'consent.entered', { consentId: listed.id })
}

function placesHeld(db: Reader, personIds: readonly string[], at: DateTime) {
  return db
    .select({ assignment: assignments, event: events })
    .from(assignments)
    .innerJoin(events, eq(events.id, assignments.eventId))
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .where(
      and(
        inArray(assignments.personId, [...personIds]),
        eq(assignments.minor, true),
        isNull(assignments.freedAt),
        isNull(events.closedAt),
        isNull(events.cancelledAt),
        gt(shifts.endsAt, at),
      ),
    )
}
