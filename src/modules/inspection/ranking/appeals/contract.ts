import Type, { type Static } from 'typebox'
import { line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import {
  answerKinds,
  appealDecisions,
  appealOutcomes,
  observationAnswers,
  rankingGroups,
} from '../../words.ts'

const Seen = Type.Object({
  answer: oneOf(observationAnswers),
  count: nullable(Type.Integer({ minimum: 0 })),
})

/** Which answers the standard admits. */
const answered = { answer: oneOf(answerKinds), mayNotApply: Type.Boolean() }

export const AppealView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    ranking: Type.Object({ id: Id, month: Type.String(), group: oneOf(rankingGroups) }),
    rankingId: Id,
    taskId: Id,
    visitId: Id,
    observationId: Id,
    unit: Named,
    point: nullable(Named),
    standard: Type.Object({ id: Id, code: Type.String(), text: Type.String(), ...answered }),
    seen: Seen,
    wanted: Seen,
    corrected: nullable(
      Type.Object(Seen.properties, { description: '更正为 · what stands there since it was granted' }),
    ),
    reason: Type.String(),
    outcome: nullable(oneOf(appealOutcomes)),
    decidedAt: nullable(Instant),
    decision: nullable(Type.String({ description: 'Why it was decided so' })),
    createdAt: Instant,
    allowed: Type.Object({ decide: Type.Boolean(), withdraw: Type.Boolean() }),
  },
  { $id: 'Appeal', description: '申诉 · a unit says that an observation is wrong' },
)
export type AppealView = Static<typeof AppealView>
export const AppealPage = Page(AppealView)

export const AppealQuery = Type.Object({
  ...PageQuery.properties,
  rankingId: Type.Optional(Id),
  open: Type.Optional(Type.Boolean({ description: 'Not decided yet' })),
})

const reason = line(500)
export const AppealCreation = Body({
  unitId: Id,
  observationId: Id,
  answer: oneOf(observationAnswers),
  count: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
  reason,
})
export type AppealCreation = Static<typeof AppealCreation>

export const AppealDecision = Body({
  outcome: oneOf(appealDecisions),
  reason,
  answer: Type.Optional(
    Type.Unsafe<keyof typeof observationAnswers>({
      type: 'string',
      enum: Object.keys(observationAnswers),
      description: '更正为 · what stands there from now on, if it is not what the unit asked for',
    }),
  ),
  count: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
})
export type AppealDecision = Static<typeof AppealDecision>

export const AppealWithdrawal = Body({ reason: Type.Optional(nullable(line(500))) })
