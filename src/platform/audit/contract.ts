import Type, { type Static } from 'typebox'
import { Id, Instant, PageQuery } from '#platform/http/schemas.ts'
import type { Broken } from './verify.ts'
import { brokenWords } from './words.ts'

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const AuditEntryView = Type.Object(
  {
    id: Id,
    number: orNull(Type.Integer({ description: '链上序号 · position in the chain; null until sealed' })),
    at: Instant,
    action: Type.String({ description: '例如 event.published' }),
    text: Type.String({ description: '事项 · the action in the language of the reader' }),
    subject: Type.String({ description: 'kind:ID' }),
    about: Type.Object(
      { kind: Type.String(), name: orNull(Type.String()) },
      { description: '对象，人员不显示姓名 · what the subject is, by name where it is no person' },
    ),
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
      name: orNull(Type.String({ description: '账号姓名 · the name of the user' })),
      address: orNull(Type.String()),
    }),
    details: Type.Record(Type.String(), Type.Unknown()),
  },
  { $id: 'AuditEntryView' },
)
export type AuditEntryView = Static<typeof AuditEntryView>

const filter = {
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
}
export const AuditQuery = Type.Object({ ...PageQuery.properties, ...filter })
export const AuditExportQuery = Type.Object(filter)

export const AuditActionList = Type.Object(
  { items: Type.Array(Type.Object({ action: Type.String(), zh: Type.String(), en: Type.String() })) },
  { $id: 'AuditActionList' },
)

export const AuditChainView = Type.Object(
  {
    sealed: Type.Integer({ description: '已封存条数 · sealed entries that are kept' }),
    last: Type.Integer({ description: '最新序号 · the number of the last sealed entry' }),
    unsealed: Type.Integer({ description: '待封存条数 · entries not sealed yet' }),
    retired: Type.Integer({ description: '已到期删除条数 · entries deleted when their time was over' }),
    sealedAt: orNull(Instant),
    genuine: Type.Boolean({ description: '链头真实 · the ends of the chain were written with the key' }),
  },
  { $id: 'AuditChainView' },
)
export type AuditChainView = Static<typeof AuditChainView>

export const AuditVerdictView = Type.Object(
  {
    whole: Type.Boolean({ description: '完整 · nothing was forged, changed or deleted' }),
    entries: orNull(Type.Integer()),
    unsealed: orNull(Type.Integer()),
    number: orNull(Type.Integer({ description: '首个有问题的序号 · the first entry that fails' })),
    because: orNull(Type.Unsafe<Broken>({ type: 'string', enum: Object.keys(brokenWords) })),
  },
  { $id: 'AuditVerdictView' },
)
