import { createHash } from 'node:crypto'
import { inArray } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { assertUnitWithin } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import { type Doing, reachOf } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { rankings, rounds } from '../schema.ts'
import type { RankingCreation } from './contract.ts'
import { usualTerms } from './ranking-rules.ts'

/**
 * Begins the ranking of a month and group; a job drafts it. It counts what was known at the end of the month, or now if that
 * is still to come.
 * @returns its id
 * @throws DomainError `unit.missing`; invalid `ranking.future`, `ranking.round_unfit`; conflict `ranking.taken`
 */
export async function createRanking(
  tx: Writer,
  { input, timeZone, by, at }: Doing & { input: RankingCreation; timeZone: string },
): Promise<string> {
  const { month, group, issuerUnitId, roundIds } = input
  await assertUnitWithin(tx, reachOf(by, 'rankings.edit'), issuerUnitId)
  const begins = DateTime.fromISO(`${month}-01`, { zone: timeZone })
  if (begins >= at) throw new DomainError('invalid', 'ranking.future', 'This month has not begun.')
  await assertRounds(tx, issuerUnitId, roundIds)
  const id = newId()
  const ends = begins.plus({ months: 1 }).toUTC()
  const [made] = await tx
    .insert(rankings)
    .values({
      ...{ id, month, group, issuerUnitId, roundIds },
      spec: {
        fieldWeight: input.fieldWeight ?? usualTerms.fieldWeight,
        pointsMin: input.pointsMin ?? usualTerms.pointsMin,
        dueMin: input.dueMin ?? usualTerms.dueMin,
        samples: usualTerms.samples,
      },
      // Nobody chooses it, and nobody can have tried several.
      seed: createHash('sha256').update(id).digest('hex'),
      cutAt: ends < at ? ends : at,
      outdatedAt: at,
      createdAt: at,
    })
    .onConflictDoNothing()
    .returning({ id: rankings.id })
  if (!made) throw new DomainError('conflict', 'ranking.taken', 'The group has a ranking of this month.')
  await record(tx, { action: 'ranking.created', subject: `ranking:${id}`, by, at, details: { month, group } })
  await draftSoon(tx, id)
  return id
}

/** Has a job compute it, in this transaction. */
export const draftSoon = (tx: Writer, rankingId: string) =>
  enqueue(tx, 'inspection.draft_ranking', { rankingId }, { key: `inspection.draft_ranking:${rankingId}` })

async function assertRounds(db: Reader, issuerUnitId: string, roundIds: readonly string[]): Promise<void> {
  const found = await db
    .select()
    .from(rounds)
    .where(inArray(rounds.id, [...roundIds]))
  const fits = found.every(
    ({ kind, issuerUnitId: issuer, closedAt, schemeId }) =>
      (kind === 'monthly' || kind === 'special') &&
      issuer === issuerUnitId &&
      closedAt !== null &&
      schemeId === found[0]!.schemeId,
  )
  if (found.length < roundIds.length || !fits)
    throw new DomainError('invalid', 'ranking.round_unfit', 'These rounds cannot be ranked together.')
}
