import { and, eq, isNull } from 'drizzle-orm'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Doing } from '#platform/http/access.ts'
import { appeals, rankingLines, rankings } from '../schema.ts'
import { editableRanking } from './ranking-queries.ts'

type Finishing = Doing & { rankingId: string; version: number }

/**
 * 定稿: it is frozen, whatever becomes of visits and cases later.
 * @throws DomainError `ranking.missing`, `version.stale`; conflict `ranking.not_ready`, `ranking.appeals_open`
 */
export async function finishRanking(tx: Writer, { rankingId, version, by, at }: Finishing): Promise<void> {
  const row = await editableRanking(tx, rankingId, by)
  assertVersion(row, version)
  if (row.finalAt) return
  if (row.outdatedAt || !row.appealableUntil)
    throw new DomainError('conflict', 'ranking.not_ready', 'The ranking is being computed.')
  const open = await tx.$count(appeals, and(eq(appeals.rankingId, rankingId), isNull(appeals.decidedAt)))
  if (at < row.appealableUntil || open > 0)
    throw new DomainError('conflict', 'ranking.appeals_open', 'Appeals are still possible or open.', { open })
  await updateVersioned(tx, rankings, rankingId, version, { finalAt: at })
  await record(tx, { action: 'ranking.finished', subject: `ranking:${rankingId}`, by, at })
}

/**
 * Takes back a ranking that was made of the wrong rounds, as long as nobody appealed.
 * @throws DomainError `ranking.missing`, `version.stale`; conflict `ranking.final`, `ranking.appealed`
 */
export async function discardRanking(tx: Writer, { rankingId, version, by, at }: Finishing): Promise<void> {
  const row = await editableRanking(tx, rankingId, by)
  assertVersion(row, version)
  if (row.finalAt) throw new DomainError('conflict', 'ranking.final', 'The ranking is final.')
  if ((await tx.$count(appeals, eq(appeals.rankingId, rankingId))) > 0)
    throw new DomainError('conflict', 'ranking.appealed', 'Units have appealed.')
  await tx.delete(rankingLines).where(eq(rankingLines.rankingId, rankingId))
  await tx.delete(rankings).where(eq(rankings.id, rankingId))
  const { month, group } = row
  await record(tx, {
    action: 'ranking.discarded',
    subject: `ranking:${rankingId}`,
    by,
    at,
    details: { month, group },
  })
}
