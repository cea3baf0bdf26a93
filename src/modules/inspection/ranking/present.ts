import type { DateTime } from 'luxon'
import type { Looking } from '#modules/command/index.ts'
import { noFigures, rateOf } from '#modules/command/pure.ts'
import { may } from '#platform/http/access.ts'
import { isoOf } from '#platform/time.ts'
import { ratesOf } from '../rates/rates-rules.ts'
import { presentPair } from '../scoring/contract.ts'
import type { RankingState } from '../words.ts'
import type { LineView, RankingView, WholeRankingView } from './contract.ts'
import type { LineRow, RankingRow } from './tables.ts'

const iso = (at: DateTime | null) => at && isoOf(at)

/** Where a ranking stands at a moment. */
export function rankingStateOf(
  { finalAt, outdatedAt, appealableUntil }: Pick<RankingRow, 'finalAt' | 'outdatedAt' | 'appealableUntil'>,
  at: DateTime,
): RankingState {
  if (finalAt) return 'final'
  if (outdatedAt || !appealableUntil) return 'computing'
  return at < appealableUntil ? 'draft' : 'settled'
}

interface Found {
  row: RankingRow
  issuer: { id: string; name: string }
}

export function presentRanking({ row, issuer }: Found, at: DateTime): RankingView {
  return {
    id: row.id,
    version: row.version,
    month: row.month,
    group: row.group,
    issuer,
    state: rankingStateOf(row, at),
    cutAt: isoOf(row.cutAt),
    draftedAt: iso(row.draftedAt),
    appealableUntil: iso(row.appealableUntil),
    finalAt: iso(row.finalAt),
    createdAt: isoOf(row.createdAt),
  }
}

export function presentWholeRanking(
  { lines, appeals, ...found }: Found & { lines: readonly LineRow[]; appeals: WholeRankingView['appeals'] },
  { reader, at }: Looking,
): WholeRankingView {
  const { row } = found
  const { fieldWeight, pointsMin, dueMin } = row.spec
  const edits = may(reader, 'rankings.edit') && row.finalAt === null
  const { figures } = row
  return {
    ...presentRanking(found, at),
    roundIds: row.roundIds,
    spec: { fieldWeight, pointsMin, dueMin },
    seed: row.seed,
    method: figures?.method ?? null,
    visits: figures?.visits ?? 0,
    lines: lines.map(presentLine),
    cases: figures && { figures: { ...noFigures, ...figures.cases }, rates: ratesOf(figures.cases) },
    appeals,
    allowed: {
      finish: edits && rankingStateOf(row, at) === 'settled' && appeals.open === 0,
      discard: edits && Object.values(appeals).every((some) => some === 0),
      appeal: appealable(row, at) && may(reader, 'tasks.report'),
    },
  }
}

const appealable = ({ finalAt, appealableUntil }: RankingRow, at: DateTime) =>
  finalAt === null && appealableUntil !== null && at < appealableUntil

function presentLine(line: LineRow): LineView {
  const { id, position, name, districtCode, zoneId, unitId, rank, unrankedBecause, bracket, last } = line
  const { total, field, points, figures } = line
  const cases = { ...noFigures, ...figures?.cases }
  return {
    ...{ id, position, name, districtCode, zoneId, unitId, rank, unrankedBecause, bracket, last },
    ...{ total, field, points, interval: figures?.interval ?? null },
    onTime: {
      part: line.onTimePart,
      whole: line.onTimeWhole,
      percent: rateOf(line.onTimePart, line.onTimeWhole),
    },
    pooled: presentPair(figures?.pooled ?? { earned: 0, possible: 0 }),
    strata: figures?.strata ?? [],
    cases: { figures: cases, rates: ratesOf(cases) },
  }
}
