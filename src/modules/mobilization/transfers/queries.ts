import { and, desc, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { users } from '#modules/accounts/schema.ts'
import { teams } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { isoOf } from '#platform/time.ts'
import { transfers } from '../schema.ts'
import type { TransferView } from './contract.ts'

export type TransferRow = typeof transfers.$inferSelect

/** One transfer. @throws DomainError `transfer.missing` */
export async function transferRow(db: Reader, transferId: string): Promise<TransferRow> {
  const [row] = await db.select().from(transfers).where(eq(transfers.id, transferId))
  if (row) return row
  throw new DomainError('missing', 'transfer.missing', 'There is no such transfer.', { transferId })
}

/** A keyset page of an event's transfers, the latest first, undone ones included. */
export async function listTransfers(
  db: Reader,
  eventId: string,
  { cursor, limit = 50 }: { cursor?: string; limit?: number },
) {
  const rows = await db
    .select()
    .from(transfers)
    .where(and(eq(transfers.eventId, eventId), after([transfers.id], cursor, 'desc')))
    .orderBy(desc(transfers.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ id }) => [id])
}

/** Nobody is told, or nobody was told yet. */
export function undoable({ undoneAt, tellsAt }: TransferRow, at: DateTime): boolean {
  return undoneAt === null && (tellsAt === null || at < tellsAt)
}

/** Names whoever did them and their teams, with one statement for each. */
export async function presentTransfers(
  db: Reader,
  rows: readonly TransferRow[],
  at: DateTime,
): Promise<TransferView[]> {
  const userIds = [...new Set(rows.map(({ byUserId }) => byUserId))]
  const people = await db
    .select({ id: users.id, name: users.name })
    .from(users)
    .where(inArray(users.id, userIds))
  const nameOf = new Map(people.map(({ id, name }) => [id, name]))
  const teamIds = [
    ...new Set(rows.flatMap(({ places, heads }) => [...places, ...heads].map(({ teamId }) => teamId))),
  ]
  const named = await db
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .where(inArray(teams.id, teamIds))
  const teamOf = new Map(named.map(({ id, name }) => [id, name]))
  return rows.map((row) => {
    const { id, eventId, byUserId, places, heads, createdAt, tellsAt, undoneAt, stayed } = row
    return {
      ...{ id, eventId, stayed },
      by: { id: byUserId, name: nameOf.get(byUserId) ?? '' },
      moves: movesOf(row).map(({ teamId, ...move }) => {
        return { ...move, team: { id: teamId, name: teamOf.get(teamId) ?? '' } }
      }),
      people: places.length,
      heads: heads.reduce((sum, each) => sum + each.heads, 0),
      createdAt: isoOf(createdAt),
      tellsAt: tellsAt && isoOf(tellsAt),
      undoneAt: undoneAt && isoOf(undoneAt),
      undoable: undoable(row, at),
    }
  })
}

/** What moved, by team and the two shifts. */
function movesOf({ places, heads }: TransferRow) {
  const moves = new Map<
    string,
    { teamId: string; fromShiftId: string | null; toShiftId: string; people: number; heads: number }
  >()
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
