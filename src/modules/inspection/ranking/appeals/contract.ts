import Type, { type Static } from 'typebox'
import { line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { observationAnswers } from '../../words.ts'
import { appealOutcomes } from '../words.ts'

const Seen = Type.Object({
  answer: oneOf(observationAnswers),
  count: nullable(Type.Integer({ minimum: 0 })),
})

export const AppealView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    rankingId: Id,
    taskId: Id,
    visitId: Id,
    observationId: Id,
    unit: Named,
    point: nullable(Named),
    standard: Type.Object({ id: Id, code: Type.String(), text: Type.String() }),
    seen: Seen,
    wanted: Seen,
    reason: Type.String(),
    outcome: nullable(oneOf(appealOutcomes)),
    decidedAt: nullable(Instant),
    decision: nullable(Type.String({ description: 'Why it was decided so' })),
    createdAt: Instant,
    allowed: Type.Object({ decide: Type.Boolean() }),
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

export const AppealDecision = Body({ outcome: oneOf(appealOutcomes), reason })
export type AppealDecision = Static<typeof AppealDecision>
