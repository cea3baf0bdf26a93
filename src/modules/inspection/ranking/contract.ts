import Type, { type Static } from 'typebox'
import { TaskFiguresView } from '#modules/command/index.ts'
import { DistrictCode, line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { RatesView } from '../rates/contract.ts'
import { PairView } from '../scoring/contract.ts'
import { pointClasses, rankingGroups, rankingStates, schemeMethods, unrankedReasons } from '../words.ts'
import { usualTerms } from './ranking-rules.ts'

const Month = Type.String({ pattern: '^20[0-9]{2}-(0[1-9]|1[0-2])$', description: '月份 · `YYYY-MM`' })
const Percent = nullable(Type.Number({ description: 'In per cent; null: nothing to compute it from' }))

const spec = {
  fieldWeight: Type.Number({
    minimum: 0,
    maximum: 1,
    description: `现场得分占比 · the field score weighs this, the on-time rate the rest (${usualTerms.fieldWeight})`,
  }),
  pointsMin: Type.Integer({
    minimum: 1,
    maximum: 1000,
    description: `With fewer points: listed, not ranked (${usualTerms.pointsMin})`,
  }),
  dueMin: Type.Integer({
    minimum: 1,
    maximum: 1000,
    description: `With fewer due cases: listed, not ranked (${usualTerms.dueMin})`,
  }),
}

const LineView = Type.Object(
  {
    id: Id,
    position: Type.Integer(),
    name: Type.String(),
    districtCode: nullable(Type.String()),
    zoneId: nullable(Id),
    unitId: nullable(Id),
    rank: nullable(Type.Integer({ description: '名次 · 1, 2, 2, 4; null: listed, not ranked' })),
    unrankedBecause: nullable(oneOf(unrankedReasons)),
    bracket: nullable(Type.Integer({ description: '差异不显著 · lines with one number are not told apart' })),
    last: Type.Boolean({ description: 'It may be named as the last one' }),
    total: Percent,
    interval: nullable(
      Type.Object(
        { low: Type.Number(), high: Type.Number() },
        { description: '90%区间 · where the score lies in nine of ten samples of other points' },
      ),
    ),
    field: Percent,
    onTime: Type.Object({
      part: Type.Integer(),
      whole: Type.Integer(),
      percent: nullable(Type.String({ description: '按期结案率 · two decimals; null prints as “—”' })),
    }),
    points: Type.Integer(),
    pooled: PairView,
    strata: Type.Array(
      Type.Object({
        districtCode: Type.String(),
        pointClass: oneOf(pointClasses),
        weight: Type.Number(),
        points: Type.Integer(),
        mean: Percent,
      }),
    ),
    cases: Type.Object(
      { figures: TaskFiguresView, rates: RatesView },
      { description: 'Cases that count in the ranked rate' },
    ),
  },
  { $id: 'RankingLine', description: '排名的一行 · one district, county, street or department' },
)
export type LineView = Static<typeof LineView>

const ranking = {
  id: Id,
  version: Type.Integer(),
  month: Month,
  group: oneOf(rankingGroups),
  issuer: Named,
  state: oneOf(rankingStates),
  cutAt: Instant,
  draftedAt: nullable(Instant),
  appealableUntil: nullable(Instant),
  finalAt: nullable(Instant),
  createdAt: Instant,
}
const RankingView = Type.Object(ranking, { $id: 'Ranking', description: '排名' })
export type RankingView = Static<typeof RankingView>
export const RankingPage = Page(RankingView)

export const WholeRankingView = Type.Object(
  {
    ...ranking,
    roundIds: Type.Array(Id),
    spec: Type.Object(spec),
    seed: Type.String({ description: 'Whoever has the figures computes the brackets again with it' }),
    method: nullable(oneOf(schemeMethods)),
    visits: Type.Integer(),
    lines: Type.Array(LineView),
    cases: nullable(
      Type.Object(
        { figures: TaskFiguresView, rates: RatesView },
        { description: 'All cases as of the cut-off, however they were found' },
      ),
    ),
    appeals: Type.Object({
      open: Type.Integer(),
      granted: Type.Integer(),
      refused: Type.Integer(),
      withdrawn: Type.Integer(),
    }),
    allowed: Type.Object({
      finish: Type.Boolean({ description: 'You may make it final now' }),
      discard: Type.Boolean(),
      appeal: Type.Boolean({ description: 'Units may appeal now, and you report for one' }),
    }),
  },
  { $id: 'WholeRanking', description: '排名及其各行 · a ranking with its lines' },
)
export type WholeRankingView = Static<typeof WholeRankingView>

export const RankingQuery = Type.Object({
  ...PageQuery.properties,
  month: Type.Optional(Month),
  group: Type.Optional(oneOf(rankingGroups)),
})

export const RankingCreation = Body({
  month: Month,
  group: oneOf(rankingGroups),
  issuerUnitId: Id,
  roundIds: Type.Array(Id, { minItems: 1, maxItems: 12, uniqueItems: true }),
  fieldWeight: Type.Optional(spec.fieldWeight),
  pointsMin: Type.Optional(spec.pointsMin),
  dueMin: Type.Optional(spec.dueMin),
})
export type RankingCreation = Static<typeof RankingCreation>

const RankedVisitView = Type.Object(
  {
    id: Id,
    roundId: nullable(Id),
    point: nullable(Type.Object({ id: Id, code: Type.String(), name: Type.String() })),
    zone: Named,
    districtCode: Type.String(),
    pointClass: nullable(oneOf(pointClasses)),
    receivedAt: nullable(Instant),
    balanced: PairView,
    pooled: PairView,
    notApplicable: Type.Integer(),
    unseen: Type.Integer(),
    cases: Type.Integer({ description: '发现的问题 · cases that it raised' }),
    rescoredAt: nullable(Instant),
  },
  { $id: 'RankedVisit', description: '排名所用的走访 · a visit that counts in a line' },
)
export type RankedVisitView = Static<typeof RankedVisitView>
export const RankedVisitPage = Page(RankedVisitView)
export const RankedVisitQuery = Type.Object({
  ...PageQuery.properties,
  districtCode: Type.Optional(DistrictCode),
  pointClass: Type.Optional(oneOf(pointClasses)),
})
export const reason = line(500)
