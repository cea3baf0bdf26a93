import { and, asc, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Looking } from '#modules/command/index.ts'
import { unitsWithin } from '#modules/organisation/index.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Actor, may, reachOf } from '#platform/http/access.ts'
import { after, pageOf } from '#platform/http/page.ts'
import { appeals, rankingLines, rankings } from '../schema.ts'
import type { RankingGroup } from '../words.ts'
import { presentRanking, presentWholeRanking } from './present.ts'
import type { LineRow, RankingRow } from './tables.ts'

const missing = (rankingId: string) =>
  new DomainError('missing', 'ranking.missing', 'There is no such ranking.', { rankingId })

/** Whoever makes rankings sees them from the start, everybody else from the draft on. */
const shownTo = (reader: Actor) => (may(reader, 'rankings.edit') ? undefined : isNotNull(rankings.draftedAt))

const selectRankings = (db: Reader) =>
  db
    .select({ row: rankings, issuer: { id: units.id, name: units.name } })
    .from(rankings)
    .innerJoin(units, eq(units.id, rankings.issuerUnitId))

export interface RankingFilter {
  month?: string
  group?: RankingGroup
  cursor?: string
  limit?: number
}

/** The latest month first. */
export async function listRankings(
  db: Reader,
  { month, group, cursor, limit = 50 }: RankingFilter,
  { reader, at }: Looking,
) {
  const rows = await selectRankings(db)
    .where(
      and(
        shownTo(reader),
        month ? eq(rankings.month, month) : undefined,
        group ? eq(rankings.group, group) : undefined,
        after([rankings.month, rankings.id], cursor, 'desc'),
      ),
    )
    .orderBy(desc(rankings.month), desc(rankings.id))
    .limit(limit + 1)
  const page = pageOf(rows, limit, ({ row }) => [row.month, row.id])
  return { ...page, items: page.items.map((one) => presentRanking(one, at)) }
}

/** @throws DomainError `ranking.missing` */
export async function rankingRow(db: Reader, rankingId: string, reader: Actor) {
  const [found] = await selectRankings(db).where(and(eq(rankings.id, rankingId), shownTo(reader)))
  if (!found) throw missing(rankingId)
  return found
}

/** A ranking as whoever makes it may change it. @throws DomainError `ranking.missing` */
export async function editableRanking(db: Reader, rankingId: string, by: Actor): Promise<RankingRow> {
  const [found] = await selectRankings(db).where(
    and(eq(rankings.id, rankingId), unitsWithin(reachOf(by, 'rankings.edit'))),
  )
  if (!found) throw missing(rankingId)
  return found.row
}

/** One ranking with its lines: three statements, whatever it was computed from. */
export async function readRanking(db: Reader, rankingId: string, looking: Looking) {
  const found = await rankingRow(db, rankingId, looking.reader)
  const lines = await db
    .select()
    .from(rankingLines)
    .where(eq(rankingLines.rankingId, rankingId))
    .orderBy(asc(rankingLines.position))
  const count = (condition: ReturnType<typeof sql>) =>
    sql<number>`coalesce(sum(case when ${condition} then 1 else 0 end), 0)`.mapWith(Number)
  const [counted] = await db
    .select({
      open: count(sql`${appeals.outcome} is null`),
      granted: count(sql`${appeals.outcome} = 'granted'`),
      refused: count(sql`${appeals.outcome} = 'refused'`),
      withdrawn: count(sql`${appeals.outcome} = 'withdrawn'`),
    })
    .from(appeals)
    .where(eq(appeals.rankingId, rankingId))
  return presentWholeRanking({ ...found, lines, appeals: counted! }, looking)
}

/** @throws DomainError `ranking.line_missing` */
export async function lineOf(db: Reader, rankingId: string, lineId: string): Promise<LineRow> {
  const [found] = await db
    .select()
    .from(rankingLines)
    .where(and(eq(rankingLines.rankingId, rankingId), eq(rankingLines.id, lineId)))
  if (!found)
    throw new DomainError('missing', 'ranking.line_missing', 'The ranking has no such line.', { lineId })
  return found
}
