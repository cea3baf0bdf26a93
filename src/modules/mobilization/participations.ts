import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { personalLink } from './links/personal-link.ts'
import { overallAnswer } from './rules.ts'
import { assignments, participations } from './schema.ts'

export type ParticipationRow = typeof participations.$inferSelect

/** A new participation row with the keyed hash of its personal link. The token is not stored. */
export function newParticipation(
  keys: KeyRing,
  { eventId, personId, teamId, at }: { eventId: string; personId: string; teamId: string; at: DateTime },
) {
  const id = newId()
  const { hash } = personalLink(keys, id, 1)
  return { id, eventId, personId, teamId, linkHash: hash, linkGeneration: 1, createdAt: at }
}

/** Finds or creates the participation of a person in an event; there is one per person and event. */
export async function ensureParticipation(
  tx: Writer,
  keys: KeyRing,
  request: { eventId: string; personId: string; teamId: string; at: DateTime },
): Promise<string> {
  const [made] = await tx
    .insert(participations)
    .values(newParticipation(keys, request))
    .onConflictDoNothing()
    .returning({ id: participations.id })
  if (made) return made.id
  const { eventId, personId } = request
  const [found] = await tx
    .select({ id: participations.id })
    .from(participations)
    .where(and(eq(participations.eventId, eventId), eq(participations.personId, personId)))
  if (!found) throw new Error('a participation is neither there nor can it be made')
  return found.id
}

/** The row of a participation. @throws DomainError `participation.missing` */
export async function participationRow(db: Reader, participationId: string): Promise<ParticipationRow> {
  const [found] = await db.select().from(participations).where(eq(participations.id, participationId))
  if (found) return found
  throw new DomainError('missing', 'participation.missing', 'There is no such participation.', {
    participationId,
  })
}

/** Recomputes the overall answer from the assignments' answers, writes it and returns it. */
export async function settleAnswer(tx: Writer, participationId: string) {
  const live = await tx
    .select({ answer: assignments.answer })
    .from(assignments)
    .where(and(eq(assignments.participationId, participationId), isNull(assignments.cancelledAt)))
  const answer = overallAnswer(live.map((each) => each.answer))
  await tx.update(participations).set({ answer }).where(eq(participations.id, participationId))
  return answer
}
