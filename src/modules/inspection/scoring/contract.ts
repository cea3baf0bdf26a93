import Type from 'typebox'
import { nullable, oneOf } from '#modules/organisation/index.ts'
import { Id } from '#platform/http/schemas.ts'
import { pointClasses, schemeMethods } from '../words.ts'
import { type Pair, percentOf } from './scoring-rules.ts'

export const PairView = Type.Object(
  {
    earned: Type.Number(),
    possible: Type.Number(),
    percent: nullable(Type.String({ description: 'Two decimals; null (—): nothing valid was seen' })),
  },
  { $id: 'Score', description: '得分 ÷ 应得分' },
)

/** Two decimals of a pair; null where nothing valid was seen. */
export function presentPair({ earned, possible }: Pair) {
  const percent = percentOf({ earned, possible })
  return { earned, possible, percent: percent === null ? null : percent.toFixed(2) }
}

const Percent = nullable(Type.String({ description: 'Two decimals; null (—): nothing valid was seen' }))
const progress = {
  drawn: Type.Integer({ description: 'Points that were drawn' }),
  received: Type.Integer({ description: 'Points at which somebody was' }),
}

export const RoundFiguresView = Type.Object(
  {
    roundId: Id,
    method: oneOf(schemeMethods),
    ...progress,
    balanced: Percent,
    pooled: PairView,
    districts: Type.Array(
      Type.Object({
        districtCode: Type.String(),
        name: Type.String(),
        ...progress,
        balanced: Percent,
        pooled: PairView,
        strata: Type.Array(
          Type.Object({
            pointClass: oneOf(pointClasses),
            points: Type.Integer(),
            ...progress,
            balanced: Percent,
          }),
        ),
      }),
    ),
  },
  { $id: 'RoundFigures', description: '轮次进度和得分' },
)

export const StandardFiguresView = Type.Object(
  {
    roundId: Id,
    standards: Type.Array(
      Type.Object({
        id: Id,
        code: Type.String(),
        text: Type.String(),
        cells: Type.Array(
          Type.Object({
            districtCode: Type.String(),
            earned: Type.Number(),
            possible: Type.Number(),
            percent: Percent,
            failed: Type.Integer(),
            notApplicable: Type.Integer(),
            unseen: Type.Integer(),
          }),
        ),
      }),
    ),
  },
  { $id: 'StandardFigures', description: '标准×县区' },
)
