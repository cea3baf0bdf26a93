import Type from 'typebox'
import { TaskFiguresView } from '#modules/command/index.ts'
import { DistrictCode, line, nullable, oneOf } from '#modules/organisation/index.ts'
import { Id, Instant } from '#platform/http/schemas.ts'
import { caseDivisions, caseSources } from '../words.ts'

function rate(description: string) {
  return Type.Object(
    {
      part: Type.Integer(),
      whole: Type.Integer(),
      percent: nullable(Type.String({ description: 'Two decimals; null prints as “—”' })),
    },
    { description },
  )
}

export const RatesView = Type.Object(
  {
    rectified: rate('整改率 · closed ÷ dated'),
    settled: rate('结案率 · closed ÷ due by then'),
    onTime: rate('按期结案率 · passing report in time ÷ due and not suspended, earlier cycles included'),
    rework: rate('返工率 · sent back at least once ÷ reported at least once'),
    extended: rate('延期率 · extended ÷ dated'),
    recurrence: rate('反弹率 · opened again ÷ closed at least once'),
  },
  { $id: 'CaseRates', description: '各项率 · each with the whole numbers it comes from' },
)

const counted = { figures: TaskFiguresView, rates: RatesView }

export const CaseRatesView = Type.Object(
  {
    at: Instant,
    by: oneOf(caseDivisions),
    total: Type.Object(counted),
    warning: Type.Boolean({ description: '挂账过多 · more than a tenth of what is open is suspended' }),
    groups: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), ...counted })),
  },
  { $id: 'CaseFigures', description: '整改问题统计 · figures and rates as of a moment' },
)

export const CaseRatesQuery = Type.Object({
  by: oneOf(caseDivisions),
  at: Type.Optional(Instant),
  roundId: Type.Optional(Id),
  source: Type.Optional(oneOf(caseSources)),
  unitId: Type.Optional(Id),
  districtCode: Type.Optional(DistrictCode),
  standardCode: Type.Optional(line(60)),
})
