import { and, eq, gt, gte, inArray, isNull, lt, ne } from 'drizzle-orm'
import { assertOpen, eventRow, freeSeats, takeSeats } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { recordsOf } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { isClosed, shiftFacts } from '../facts.ts'
import type { Arrivals } from '../merging/merge.ts'
import { settleAnswer } from '../participations.ts'
import { dropEmpty } from '../remove-assignment.ts'
import { allotments, assignments, notices, transfers } from '../schema.ts'
import type { TransferRefusal } from '../words.ts'
import { changeHeads, takeHeld } from './carry-out.ts'
import { assertMayTransfer } from './find-movers.ts'
import type { MovedHeads, MovedPlace } from './moved.ts'
import { type TransferRow, transferRow, undoable } from './queries.ts'

type AssignmentRow = typeof assignments.$inferSelect

interface Undoing extends Doing {
  published: boolean
  row: TransferRow
  /** Assignments by id, as they are now. */
  now: ReadonlyMap<string, AssignmentRow>
  arrived: ReadonlySet<string>
  told: ReadonlySet<string>
}

/**
 * Takes a transfer back while nobody was told: everybody has the place, the answer and the pin that they had, and is told
 * nothing. Whoever answered, came or moved in between stays where they are, each with the reason. Idempotent.
 * @throws DomainError `transfer.missing`, `event.closed`, `event.cancelled`, `access.out_of_reach`, `transfer.told`
 */
export async function undoTransfer(
  tx: Writer,
  arrivals: Arrivals,
  { transferId, by, at }: { transferId: string } & Doing,
): Promise<TransferRow> {
  const row = await transferRow(tx, transferId)
  const event = await eventRow(tx, row.eventId)
  const everything = [...row.places, ...row.heads]
  await assertMayTransfer(tx, by, event, {
    zoneIds: await zonesOf(tx, row),
    teamIds: everything.map(({ teamId }) => teamId),
  })
  if (row.undoneAt) return row
  assertOpen(event)
  if (!undoable(row, at)) throw new DomainError('conflict', 'transfer.told', 'People are being told.')
  const ids = row.places.flatMap(({ from, to }) => [...(from ? [from.assignmentId] : []), to.assignmentId])
  const now = new Map((await rowsOf(tx, ids)).map((each) => [each.id, each]))
  const undoing: Undoing = {
    ...{ by, at, row, now },
    published: event.publishedAt !== null,
    arrived: new Set((await arrivals(tx, ids)).keys()),
    told: await toldOf(tx, ids, row),
  }
  const stayed = new Map<TransferRefusal, number>()
  const stays = (because: TransferRefusal, people: number) =>
    stayed.set(because, (stayed.get(because) ?? 0) + people)
  for (const place of row.places) {
    const because = await whyStays(tx, place, undoing)
    if (because) stays(because, 1)
    else await putBack(tx, place, undoing)
  }
  for (const moved of row.heads) {
    const because = await headsBack(tx, moved, at)
    if (because) stays(because, moved.heads)
  }
  if (!undoing.published) await dropEmpty(tx, row.eventId)
  const kept = [...stayed].map(([because, people]) => ({ because, people }))
  await tx.update(transfers).set({ undoneAt: at, stayed: kept }).where(eq(transfers.id, transferId))
  const details = { eventId: row.eventId, people: row.places.length, stayed: kept }
  await record(tx, { action: 'places.transfer_undone', subject: `transfer:${transferId}`, by, at, details })
  return transferRow(tx, transferId)
}

async function rowsOf(db: Reader, ids: readonly string[]): Promise<AssignmentRow[]> {
  const found: AssignmentRow[] = []
  for (let from = 0; from < ids.length; from += 500) {
    const some = ids.slice(from, from + 500)
    found.push(...(await db.select().from(assignments).where(inArray(assignments.id, some))))
  }
  return found
}

async function zonesOf(db: Reader, { places, heads }: TransferRow): Promise<string[]> {
  const ids = new Set([
    ...places.flatMap(({ from, to }) => [...(from ? [from.shiftId] : []), to.shiftId]),
    ...heads.flatMap(({ fromShiftId, toShiftId }) => [...(fromShiftId ? [fromShiftId] : []), toShiftId]),
  ])
  const rows = await db
    .select({ zoneId: shifts.zoneId })
    .from(shifts)
    .where(inArray(shifts.id, [...ids]))
  return rows.map(({ zoneId }) => zoneId)
}

/** Assignments about which a notice was written since: an earlier change by hand may have settled in between. */
async function toldOf(db: Reader, ids: readonly string[], { createdAt }: TransferRow): Promise<Set<string>> {
  const found = new Set<string>()
  for (let from = 0; from < ids.length; from += 500) {
    const some = ids.slice(from, from + 500)
    const rows = await db
      .select({ id: notices.assignmentId })
      .from(notices)
      .where(and(inArray(notices.assignmentId, some), gte(notices.createdAt, createdAt)))
    for (const { id } of rows) if (id) found.add(id)
  }
  return found
}

/** Why somebody stays where they were moved to; undefined: they can be put back. */
async function whyStays(
  tx: Writer,
  { from, to }: MovedPlace,
  { now, arrived, told, published, at }: Undoing,
): Promise<TransferRefusal | undefined> {
  const there = now.get(to.assignmentId)
  if (!there || there.cancelledAt || there.shiftId !== to.shiftId) return 'moved'
  if (arrived.has(to.assignmentId)) return 'arrived'
  if (there.freedAt || (published && there.answer)) return 'answered'
  if (told.has(to.assignmentId) || (from && told.has(from.assignmentId))) return 'told'
  if (!from) return undefined
  const facts = await shiftFacts(tx, from.shiftId)
  if (isClosed(facts, at)) return 'closed'
  const { startsAt, endsAt } = facts.shift
  const busy = await tx
    .select({ id: assignments.id })
    .from(assignments)
    .innerJoin(shifts, eq(shifts.id, assignments.shiftId))
    .where(
      and(
        inArray(assignments.personId, recordsOf(tx, there.personId)),
        ne(assignments.id, to.assignmentId),
        isNull(assignments.freedAt),
        isNull(assignments.cancelledAt),
        lt(shifts.startsAt, endsAt),
        gt(shifts.endsAt, startsAt),
      ),
    )
    .limit(1)
  if (busy.length > 0) return 'overlaps'
  return facts.taken < facts.shift.max ? undefined : 'full'
}

async function putBack(tx: Writer, place: MovedPlace, { now, published, at }: Undoing): Promise<void> {
  const { teamId, from, to, minor } = place
  const there = now.get(to.assignmentId) as AssignmentRow
  await tx.update(assignments).set({ allotmentId: null }).where(eq(assignments.id, there.id))
  if (to.holding !== 'head') await freeSeats(tx, to.shiftId)
  if (to.holding !== 'seat') {
    const fewer = to.holding === 'own_head' ? -1 : 0
    const heads = { heads: fewer, minors: fewer && -Number(minor), named: -1 }
    await changeHeads(tx, { shiftId: to.shiftId, teamId }, heads, at)
  }
  if (!from || published) await tx.delete(assignments).where(eq(assignments.id, there.id))
  if (from) {
    const { shiftId, holding, origin } = from
    const allotmentId = await takeHeld(tx, { shiftId, teamId, minor, holding }, at)
    await tx
      .update(assignments)
      .set({ shiftId, allotmentId, origin, cancelledAt: null, cancelReason: null, freedAt: null })
      .where(eq(assignments.id, from.assignmentId))
  }
  if (published) await settleAnswer(tx, there.participationId)
}

/** Heads without names go back as far as they are still there and there is room. */
async function headsBack(
  tx: Writer,
  { teamId, fromShiftId, toShiftId, heads, minors }: MovedHeads,
  at: Parameters<typeof changeHeads>[3],
): Promise<TransferRefusal | undefined> {
  const [held] = await tx
    .select()
    .from(allotments)
    .where(and(eq(allotments.shiftId, toShiftId), eq(allotments.teamId, teamId)))
  if (!held || held.heads - held.named < heads) return 'moved'
  if (fromShiftId !== null && !(await takeSeats(tx, fromShiftId, heads))) return 'full'
  await changeHeads(tx, { shiftId: toShiftId, teamId }, { heads: -heads, minors: -minors, named: 0 }, at)
  await freeSeats(tx, toShiftId, heads)
  if (fromShiftId !== null)
    await changeHeads(tx, { shiftId: fromShiftId, teamId }, { heads, minors, named: 0 }, at)
  return undefined
}
