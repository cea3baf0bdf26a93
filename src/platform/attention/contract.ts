import Type, { type Static } from 'typebox'
import { Body, Id, Instant, Page, PageQuery } from '../http/schemas.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const AttentionView = Type.Object(
  {
    id: Id,
    kind: Type.String({ description: '也是审计日志中的动作 · the action of the audit trail that raised it' }),
    text: Type.Object({ zh: Type.String(), en: Type.String() }),
    subject: Type.String({ description: 'kind:ID, as in the audit trail' }),
    raisedAt: Instant,
    lastAt: Instant,
    times: Type.Integer({ description: '次数 · how often it was raised while open' }),
    acknowledgedAt: orNull(Instant),
    acknowledgedBy: orNull(Id),
    reason: orNull(Type.String({ description: '核查结果 · what came out' })),
  },
  { $id: 'Attention' },
)
export type AttentionView = Static<typeof AttentionView>
export const AttentionPage = Page(AttentionView)
export const AttentionQuery = Type.Object({
  ...PageQuery.properties,
  open: Type.Optional(Type.Boolean({ default: true, description: 'Only what nobody acknowledged yet' })),
})
export const AttentionParams = Type.Object({ attentionId: Id })
export const Acknowledgement = Body({
  reason: Type.String({ minLength: 5, maxLength: 300, pattern: '\\S', description: '核查结果' }),
})
