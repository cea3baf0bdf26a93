import { and, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { newId } from '#platform/ids.ts'
import { overallAnswer } from './rules.ts'
import { assignments, participations } from './schema.ts'

export type ParticipationRow = typeof participations.$inferSelect

/** A new participation with its personal link, of which only the keyed hash is kept. */
export function newParticipation(
  keys: KeyRing,
  { eventId, personId, teamId, at }: { eventId: string; personId: string; teamId: string; at: DateTime },
) {
  const id = newId()
  const { hash } = keys.personalLink(id, 1)
  return { id, eventId, personId, teamId, linkHash: hash, linkGeneration: 1, createdAt: at }
}

/** The participation of a person in an event, made when there is none: one for each person and event. */
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

/** @throws DomainError `participation.missing` */
export async function participationRow(db: Reader, participationId: string): Promise<ParticipationRow> {
  const [found] = await db.select().from(participations).where(eq(participations.id, participationId))
  if (found) return found
  throw new DomainError('missing', 'participation.missing', 'There is no such participation.', {
    participationId,
  })
}

/** Keeps the overall answer in step with the answers for each shift. Returns it. */
export async function settleAnswer(tx: Writer, participationId: string) {
  const live = await tx
    .select({ answer: assignments.answer })
    .from(assignments)
    .where(and(eq(assignments.participationId, participationId), isNull(assignments.cancelledAt)))
  const answer = overallAnswer(live.map((each) => each.answer))
  await tx.update(participations).set({ answer }).where(eq(participations.id, participationId))
  return answer
}
