import { and, eq, inArray, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { freeSeats, takeSeats } from '#modules/events/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import { inChunks, type Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { newParticipation } from '../participations.ts'
import { refusalOf } from '../rules.ts'
import { allotments, assignments, participations } from '../schema.ts'
import type { Standing } from './proposal-ground.ts'
import type { Accepted, ProposedAllotment } from './proposal-rules.ts'

/** Collects the changes of the seat counters, so that the end writes one statement per shift. */
export interface Books {
  eventId: string
  published: boolean
  at: DateTime
  keys: KeyRing
  /** Change of taken seats by shift; may be negative. */
  seats: Map<string, number>
}

function book({ seats }: Books, shiftId: string, by: number): void {
  seats.set(shiftId, (seats.get(shiftId) ?? 0) + by)
}

const chunkSize = 100

/** Takes back places of an earlier proposal: deleted before publication, cancelled after it. */
export async function takeBack(tx: Writer, books: Books, goes: readonly Standing[]): Promise<void> {
  const { published, at } = books
  const unnamed = new Map<string, number>()
  for (const { shiftId, allotmentId } of goes) {
    if (allotmentId) unnamed.set(allotmentId, (unnamed.get(allotmentId) ?? 0) + 1)
    else book(books, shiftId, -1)
  }
  await inChunks(goes, chunkSize, async (some) => {
    const these = inArray(
      assignments.id,
      some.map(({ id }) => id),
    )
    const cancelled = { cancelledAt: at, cancelReason: 'replanned' as const, freedAt: at, allotmentId: null }
    if (published) await tx.update(assignments).set(cancelled).where(these)
    else await tx.delete(assignments).where(these)
  })
  for (const [allotmentId, fewer] of unnamed) {
    const named = sql`${allotments.named} - ${fewer}`
    await tx.update(allotments).set({ named }).where(eq(allotments.id, allotmentId))
  }
}

/** Deletes allotments of an earlier proposal and frees their seats. */
export async function withdrawHeads(
  tx: Writer,
  books: Books,
  goes: readonly (typeof allotments.$inferSelect)[],
): Promise<void> {
  for (const { shiftId, heads } of goes) book(books, shiftId, -heads)
  await inChunks(goes, chunkSize, (some) =>
    tx.delete(allotments).where(
      inArray(
        allotments.id,
        some.map(({ id }) => id),
      ),
    ),
  )
}

/** Inserts the accepted allotments and counts their seats. */
export async function writeAllotments(tx: Writer, books: Books, accepted: readonly ProposedAllotment[]) {
  const { eventId, at } = books
  const rows = accepted.map((each) => {
    book(books, each.shiftId, each.heads)
    return { ...each, id: newId(), eventId, origin: 'plan' as const, createdAt: at }
  })
  await inChunks(rows, chunkSize, (some) => tx.insert(allotments).values(some))
  return rows
}

/** Inserts missing participations and the assignments, and counts the names in allotments. */
export async function writeAssignments(
  tx: Writer,
  books: Books,
  accepted: readonly Accepted[],
): Promise<void> {
  const { eventId, at } = books
  const named = new Map<string, number>()
  await inChunks(accepted, chunkSize, async (some) => {
    const participationIds = await participationsFor(tx, books, some)
    const rows = some.map(({ personId, shiftId, teamId, unitId, minor, allotmentId }) => {
      if (allotmentId) named.set(allotmentId, (named.get(allotmentId) ?? 0) + 1)
      else book(books, shiftId, 1)
      const participationId = participationIds.get(personId) as string
      const origin = 'plan' as const
      return {
        id: newId(),
        eventId,
        participationId,
        personId,
        shiftId,
        teamId,
        unitId,
        allotmentId,
        origin,
        minor,
        createdAt: at,
      }
    })
    await tx.insert(assignments).values(rows)
  })
  for (const [allotmentId, more] of named) {
    await tx
      .update(allotments)
      .set({ named: sql`${allotments.named} + ${more}` })
      .where(eq(allotments.id, allotmentId))
  }
}

async function participationsFor(
  tx: Writer,
  { eventId, at, keys }: Books,
  some: readonly Accepted[],
): Promise<Map<string, string>> {
  const wanted = new Map(some.map(({ personId, teamId }) => [personId, teamId]))
  const made = await tx
    .insert(participations)
    .values(
      [...wanted].map(([personId, teamId]) => newParticipation(keys, { eventId, personId, teamId, at })),
    )
    .onConflictDoNothing()
    .returning({ id: participations.id, personId: participations.personId })
  const ids = new Map(made.map(({ id, personId }) => [personId, id]))
  const there = [...wanted.keys()].filter((personId) => !ids.has(personId))
  if (there.length === 0) return ids
  const known = await tx
    .select({ id: participations.id, personId: participations.personId })
    .from(participations)
    .where(and(eq(participations.eventId, eventId), inArray(participations.personId, there)))
  for (const { id, personId } of known) ids.set(personId, id)
  return ids
}

/**
 * Writes the changes of the seat counters with a conditional UPDATE per shift. If a shift would exceed its max, the
 * error rolls the whole proposal back. @throws DomainError `shift.full`
 */
export async function writeSeats(tx: Writer, { seats }: Books): Promise<void> {
  for (const [shiftId, change] of seats) {
    if (change < 0) await freeSeats(tx, shiftId, -change)
    if (change > 0 && !(await takeSeats(tx, shiftId, change))) throw refusalOf('full', { shiftId })
  }
}
