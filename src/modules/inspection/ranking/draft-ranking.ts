import { eq } from 'drizzle-orm'
import { dueAfter, officeTime } from '#modules/command/index.ts'
import { record } from '#platform/audit/index.ts'
import { beside } from '#platform/beside/beside.ts'
import { newId } from '#platform/ids.ts'
import type { AppContext } from '#src/context.ts'
import { tellDrafted } from '../messages/tell.ts'
import { rankingLines, rankings } from '../schema.ts'
import { looksBeside } from '../scoring/looks-beside.ts'
import { type Computed, computeRanking, type RankingAsked } from './compute-ranking.ts'

/** How long a draft is open to appeals. */
const appealDays = { measure: 'workdays', amount: 3 } as const

/**
 * Computes a ranking and writes its lines; the first time, it is open to appeals from then on. What changes while it
 * computes is left for the run that this change asked for. A final ranking is left alone.
 */
export async function draftRanking(context: AppContext, rankingId: string): Promise<void> {
  const { db, config, now } = context
  const [before] = await db.read.select().from(rankings).where(eq(rankings.id, rankingId))
  if (!before?.outdatedAt || before.finalAt) return
  const { outdatedAt } = before
  const asked: RankingAsked = { rankingId, timeZone: config.timeZone }
  const computed = (await looksBeside(context, before.roundIds))
    ? await beside<RankingAsked, Computed>(new URL('./ranking-work.ts', import.meta.url), config, asked)
    : await db.snapshot((reader) => computeRanking(reader, asked))
  const at = now()
  await db.transaction(async (tx) => {
    const [row] = await tx.select().from(rankings).where(eq(rankings.id, rankingId))
    if (!row || row.finalAt) return
    await tx.delete(rankingLines).where(eq(rankingLines.rankingId, rankingId))
    const lines = computed.lines.map((line, n) => ({ ...rowOf(line), rankingId, position: n + 1 }))
    if (lines.length > 0) await tx.insert(rankingLines).values(lines)
    const office = await officeTime(tx, config)
    const first = row.draftedAt ? {} : { draftedAt: at, appealableUntil: dueAfter(office, at, appealDays).at }
    const settled = row.outdatedAt && +row.outdatedAt === +outdatedAt ? { outdatedAt: null } : {}
    const set = { ...first, ...settled, figures: computed.figures, version: row.version + 1 }
    await tx.update(rankings).set(set).where(eq(rankings.id, rankingId))
    if (row.draftedAt || !first.appealableUntil) return
    await record(tx, { action: 'ranking.drafted', subject: `ranking:${rankingId}`, by: 'system', at })
    await tellDrafted(tx, row, { until: first.appealableUntil, at })
  })
}

function rowOf({ member, placed, figures }: Computed['lines'][number]) {
  const { rank, unrankedBecause, bracket, last, score, field, onTime, due, points } = placed
  return {
    id: newId(),
    ...member,
    ...{ rank, unrankedBecause, bracket, last, field, points, figures },
    total: score,
    onTimePart: onTime,
    onTimeWhole: due,
  }
}
