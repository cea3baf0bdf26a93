import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { users } from '#modules/accounts/schema.ts'
import { type EventRow, eventRow } from '#modules/events/index.ts'
import { shifts } from '#modules/events/schema.ts'
import { zones } from '#modules/grid/schema.ts'
import { teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Reach } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import { seenPlaces } from '../notices/seen-places.ts'
import { transfers } from '../schema.ts'
import type { TransferView } from './contract.ts'

export type TransferRow = typeof transfers.$inferSelect

/** One transfer. @throws DomainError `transfer.missing` */
export async function transferRow(db: Reader, transferId: string): Promise<TransferRow> {
  const [row] = await db.select().from(transfers).where(eq(transfers.id, transferId))
  if (row) return row
  throw new DomainError('missing', 'transfer.missing', 'There is no such transfer.', { transferId })
}

/** As many are read at once, where some of them may be out of reach. */
const readAtOnce = 200

/** Who reads, and when. */
interface Looking {
  reach: Reach
  at: DateTime
}

/**
 * A keyset page of an event's transfers, the latest first, undone ones included: as on the board, moves of teams out of reach
 * between zones out of reach are left out, and a transfer of which nothing is left is not there.
 * @throws DomainError `event.missing`
 */
export async function listTransfers(
  db: Reader,
  eventId: string,
  { cursor, limit = 50, ...looking }: Looking & { cursor?: string; limit?: number },
): Promise<{ items: TransferView[]; nextCursor: string | null }> {
  const event = await eventRow(db, eventId)
  const found: TransferView[] = []
  for (let last: string | undefined; found.length <= limit; ) {
    const rows = await db
      .select()
      .from(transfers)
      .where(
        and(
          eq(transfers.eventId, eventId),
          last === undefined ? after([transfers.id], cursor, 'desc') : lt(transfers.id, last),
        ),
      )
      .orderBy(desc(transfers.id))
      .limit(Math.max(readAtOnce, limit + 1))
    found.push(...(await showTransfers(db, rows, event, looking)))
    last = rows.at(-1)?.id
    if (rows.length < readAtOnce) break
  }
  return pageOf(found.slice(0, limit + 1), limit, ({ id }) => [id])
}

/** One transfer as somebody sees it. @throws DomainError `transfer.missing` */
export async function readTransfer(db: Reader, transferId: string, looking: Looking): Promise<TransferView> {
  const row = await transferRow(db, transferId)
  const [view] = await showTransfers(db, [row], await eventRow(db, row.eventId), looking)
  if (view) return view
  throw new DomainError('missing', 'transfer.missing', 'There is no such transfer.', { transferId })
}

async function showTransfers(
  db: Reader,
  rows: readonly TransferRow[],
  event: EventRow,
  { reach, at }: Looking,
): Promise<TransferView[]> {
  const sees = await movesSeen(db, rows, event, reach)
  return presentTransfers(
    db,
    rows.filter((row) => movesOf(row).some(sees)),
    at,
    sees,
  )
}

/** Which of their moves a reach makes visible: those of its teams, and those from or to its zones. */
async function movesSeen(
  db: Reader,
  rows: readonly TransferRow[],
  event: EventRow,
  reach: Reach,
): Promise<(move: Move) => boolean> {
  const seen = await seenPlaces(db, reach, event)
  if (!seen) return () => true
  const moves = rows.flatMap(movesOf)
  const ofTeams = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(inArray(teams.id, [...new Set(moves.map(({ teamId }) => teamId))]), seen.team))
  const places = [
    ...new Set(moves.flatMap(({ fromShiftId, toShiftId }) => [fromShiftId ?? [], toShiftId].flat())),
  ]
  const inZones = seen.zone
    ? await db
        .select({ id: shifts.id })
        .from(shifts)
        .innerJoin(zones, eq(zones.id, shifts.zoneId))
        .where(and(inArray(shifts.id, places), seen.zone))
    : []
  const there = new Set([...ofTeams, ...inZones].map(({ id }) => id))
  return ({ teamId, fromShiftId, toShiftId }) =>
    there.has(teamId) || there.has(toShiftId) || (fromShiftId !== null && there.has(fromShiftId))
}

/** Nobody is told, or nobody was told yet. */
export function undoable({ undoneAt, tellsAt }: TransferRow, at: DateTime): boolean {
  return undoneAt === null && (tellsAt === null || at < tellsAt)
}

/** Names whoever did them and their teams, with one statement for each. @param sees which moves are shown: all of them */
export async function presentTransfers(
  db: Reader,
  rows: readonly TransferRow[],
  at: DateTime,
  sees: (move: Move) => boolean = () => true,
): Promise<TransferView[]> {
  const userIds = [...new Set(rows.map(({ byUserId }) => byUserId))]
  const people = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, userIds))
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  const shown = rows.map((row) => ({ row, all: movesOf(row), moves: movesOf(row).filter(sees) }))
  const teamIds = [...new Set(shown.flatMap(({ moves }) => moves.map(({ teamId }) => teamId)))]
  const named = await db
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .where(inArray(teams.id, teamIds))
  const teamOf = new Map(named.map(({ id, name }) => [id, name]))
  return shown.map(({ row, all, moves }) => {
    const { id, eventId, byUserId, createdAt, tellsAt, undoneAt } = row
    return {
      ...{ id, eventId },
      // Why people stayed is kept for the act as a whole.
      stayed: moves.length === all.length ? row.stayed : null,
      by: { id: byUserId, name: nameOf.get(byUserId) ?? '' },
      moves: moves.map(({ teamId, ...move }) => {
        return { ...move, team: { id: teamId, name: teamOf.get(teamId) ?? '' } }
      }),
      people: moves.reduce((sum, { people }) => sum + people, 0),
      heads: moves.reduce((sum, { heads }) => sum + heads, 0),
      createdAt: isoOf(createdAt),
      tellsAt: tellsAt && isoOf(tellsAt),
      undoneAt: undoneAt && isoOf(undoneAt),
      undoable: undoable(row, at),
    }
  })
}

interface Move {
  teamId: string
  fromShiftId: string | null
  toShiftId: string
  people: number
  heads: number
}

/** What moved, by team and the two shifts. */
function movesOf({ places, heads }: TransferRow): Move[] {
  const moves = new Map<string, Move>()
  const add = (
    teamId: string,
    fromShiftId: string | null,
    toShiftId: string,
    people: number,
    more: number,
  ) => {
    const key = `${teamId} ${fromShiftId} ${toShiftId}`
    const move = moves.get(key) ?? { teamId, fromShiftId, toShiftId, people: 0, heads: 0 }
    moves.set(key, { ...move, people: move.people + people, heads: move.heads + more })
  }
  for (const { teamId, from, to } of places) add(teamId, from?.shiftId ?? null, to.shiftId, 1, 0)
  for (const { teamId, fromShiftId, toShiftId, heads: all } of heads)
    add(teamId, fromShiftId, toShiftId, 0, all)
  return [...moves.values()]
}
