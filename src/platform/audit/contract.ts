import Type, { type Static } from 'typebox'
import { Id, Instant, PageQuery } from '#platform/http/schemas.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const AuditEntryView = Type.Object(
  {
    id: Id,
    number: orNull(Type.Integer({ description: '链上序号 · position in the chain; null until sealed' })),
    at: Instant,
    action: Type.String({ description: '例如 event.published' }),
    subject: Type.String({ description: 'kind:ID' }),
    actor: Type.Object({
      kind: Type.Unsafe<'user' | 'link' | 'anonymous' | 'system'>({
        type: 'string',
        enum: ['user', 'link', 'anonymous', 'system'],
      }),
      id: orNull(
        Type.String({
          description: '账号，或个人链接所代表的记录 · a user, or what a personal link stands for',
        }),
      ),
      address: orNull(Type.String()),
    }),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  { $id: 'AuditEntryView' },
)
export type AuditEntryView = Static<typeof AuditEntryView>

export const AuditQuery = Type.Object({
  ...PageQuery.properties,
  action: Type.Optional(
    Type.String({
      maxLength: 80,
      pattern: '^[a-z._-]+$',
      description: '完整动作或前缀 · `role.granted`, or `role.` for all of them',
    }),
  ),
  subject: Type.Optional(Type.String({ maxLength: 120 })),
  actorId: Type.Optional(Type.String({ maxLength: 60 })),
  from: Type.Optional(Instant),
  until: Type.Optional(Type.String({ format: 'date-time', description: '不含 · exclusive' })),
})
