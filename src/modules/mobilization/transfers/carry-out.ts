import { eq, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { freeSeats, shiftRow, takeSeats } from '#modules/events/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { undoMinutes } from '#platform/previews/index.ts'
import { placesSettleLater } from '../notices/places-settle.ts'
import { ensureParticipation, settleAnswer } from '../participations.ts'
import { allotmentOf } from '../places.ts'
import type { Standing } from '../proposal/proposal-ground.ts'
import type { Accepted } from '../proposal/proposal-rules.ts'
import { refusalOf } from '../rules.ts'
import { allotments, assignments } from '../schema.ts'
import type { Found } from './found.ts'
import type { Holding, MovedHeads, MovedPlace } from './moved.ts'
import { type Mover, ownHead } from './transfer-rules.ts'

/**
 * Moves whoever was found able to go: first all leave, then all arrive, so that two full shifts can swap.
 * @throws DomainError `shift.full` when the seats are not there after all
 */
export async function carryOut(
  tx: Writer,
  keys: KeyRing,
  found: Found,
  at: DateTime,
): Promise<{ places: MovedPlace[]; heads: MovedHeads[] }> {
  const { going, judgement, transfer, places, published } = found
  const heads = transfer.blocks.filter(
    ({ move, heads: all }) => all > 0 && judgement.blocks.get(move) === null,
  )
  for (const { id, fromShiftId } of going) {
    if (fromShiftId !== null) await leave(tx, places.get(id)!, { published, at })
  }
  for (const { teamId, fromShiftId, heads: all, minors } of heads) {
    if (fromShiftId === null) continue
    await changeHeads(tx, { shiftId: fromShiftId, teamId }, { heads: -all, minors: -minors, named: 0 }, at)
    await freeSeats(tx, fromShiftId, all)
  }
  const context = { keys, eventId: found.scene.event.id, published, at }
  const moved: MovedPlace[] = []
  for (const mover of going) {
    const accepted = judgement.accepted.get(mover.id)!
    moved.push(await arrive(tx, mover, { accepted, place: places.get(mover.id) }, context))
  }
  for (const { teamId, toShiftId, heads: all, minors } of heads) {
    await takeOrRefuse(tx, toShiftId, all)
    await changeHeads(tx, { shiftId: toShiftId, teamId }, { heads: all, minors, named: 0 }, at)
  }
  return {
    places: moved,
    heads: heads.map(({ teamId, fromShiftId, toShiftId, heads: all, minors }) => {
      return { teamId, fromShiftId, toShiftId, heads: all, minors }
    }),
  }
}

/** Frees the place, and with it the head that it filled: a head goes with its person. */
export async function leave(
  tx: Writer,
  place: Pick<Standing, 'id' | 'shiftId' | 'teamId' | 'allotmentId' | 'minor' | 'participationId'>,
  { published, at }: { published: boolean; at: DateTime },
): Promise<void> {
  const { id, shiftId, teamId, allotmentId, minor, participationId } = place
  const off = { cancelledAt: at, cancelReason: 'removed' as const, freedAt: at }
  await tx
    .update(assignments)
    .set({ allotmentId: null, ...(published ? off : {}) })
    .where(eq(assignments.id, id))
  await freeSeats(tx, shiftId)
  if (allotmentId !== null && teamId !== null) {
    await changeHeads(tx, { shiftId, teamId }, { heads: -1, minors: -Number(minor), named: -1 }, at)
  }
  if (published) {
    await settleAnswer(tx, participationId)
    await placesSettleLater(tx, participationId, at)
  }
}

/** Whoever was told nothing yet is invited when the transfer cannot be undone any more. */
async function inviteLater(tx: Writer, participationId: string, at: DateTime): Promise<void> {
  const options = { key: `mobilization.invite:${participationId}`, runAt: at.plus({ minutes: undoMinutes }) }
  await enqueue(tx, 'mobilization.invite', { participationId }, options)
}

interface Arriving {
  accepted: Accepted
  place: Standing | undefined
}

async function arrive(
  tx: Writer,
  mover: Mover,
  { accepted, place }: Arriving,
  { keys, eventId, published, at }: { keys: KeyRing; eventId: string; published: boolean; at: DateTime },
): Promise<MovedPlace> {
  const { toShiftId: shiftId, teamId, personId, minor } = mover
  const holding = holdingOf(accepted)
  const allotmentId = await takeHeld(tx, { shiftId, teamId, minor, holding }, at)
  const from = place && {
    shiftId: place.shiftId,
    assignmentId: place.id,
    holding: place.allotmentId === null ? ('seat' as const) : ('own_head' as const),
    origin: place.origin,
  }
  const fields = { shiftId, allotmentId, origin: 'leader' as const }
  if (place && !published) {
    await tx.update(assignments).set(fields).where(eq(assignments.id, place.id))
    return { teamId, from: from ?? null, to: { shiftId, assignmentId: place.id, holding }, minor }
  }
  const participationId = await ensureParticipation(tx, keys, { eventId, personId, teamId, at })
  const id = newId()
  const { unitId } = accepted
  const person = { personId, participationId, teamId, unitId, minor }
  const pinned = place?.pinned ?? false
  await tx.insert(assignments).values({ ...fields, ...person, id, eventId, pinned, createdAt: at })
  if (published) {
    await settleAnswer(tx, participationId)
    await inviteLater(tx, participationId, at)
    await placesSettleLater(tx, participationId, at)
  }
  return { teamId, from: from ?? null, to: { shiftId, assignmentId: id, holding }, minor }
}

const holdingOf = ({ allotmentId }: Accepted): Holding =>
  allotmentId === null ? 'seat' : allotmentId === ownHead ? 'own_head' : 'head'

/** Takes a place in the way it is held. @returns the allotment in which it is, null for a seat of its own */
export async function takeHeld(
  tx: Writer,
  { shiftId, teamId, minor, holding }: { shiftId: string; teamId: string; minor: boolean; holding: Holding },
  at: DateTime,
): Promise<string | null> {
  if (holding !== 'head') await takeOrRefuse(tx, shiftId, 1)
  if (holding === 'seat') return null
  const more = holding === 'head' ? 0 : 1
  return changeHeads(tx, { shiftId, teamId }, { heads: more, minors: more && Number(minor), named: 1 }, at)
}

async function takeOrRefuse(tx: Writer, shiftId: string, seats: number): Promise<void> {
  if (!(await takeSeats(tx, shiftId, seats))) throw refusalOf('full', { shiftId })
}

/** Changes the heads that a team holds on a shift; the allotment comes with the first and goes with the last. */
export async function changeHeads(
  tx: Writer,
  { shiftId, teamId }: { shiftId: string; teamId: string },
  by: { heads: number; minors: number; named: number },
  at: DateTime,
): Promise<string | null> {
  const held = await allotmentOf(tx, shiftId, teamId)
  if (held && held.heads + by.heads === 0) {
    await tx.delete(allotments).where(eq(allotments.id, held.id))
    return null
  }
  if (held) {
    const minors = Math.max(0, held.minors + by.minors)
    await tx
      .update(allotments)
      .set({
        heads: held.heads + by.heads,
        minors: Math.min(minors, held.heads + by.heads),
        named: held.named + by.named,
        origin: 'leader',
        version: sql`${allotments.version} + 1`,
      })
      .where(eq(allotments.id, held.id))
    return held.id
  }
  const { eventId } = await shiftRow(tx, shiftId)
  const id = newId()
  const { heads, minors, named } = by
  await tx.insert(allotments).values({
    ...{ id, eventId, shiftId, teamId, heads, minors, named },
    ...{ origin: 'leader' as const, createdAt: at },
  })
  return id
}
