import Type, { type Static } from 'typebox'
import { Body, Id, Instant, PageQuery } from '#platform/http/schemas.ts'
import { activationPurposes, roleNames, sessionEnds, sessionKinds } from './words.ts'

const choice = <const T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] })
const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const RoleNameField = choice(roleNames)
const DistrictCode = Type.String({
  pattern: '^[0-9]{2,12}$',
  description: '行政区划代码 · division code, such as 210502',
})
const Login = Type.String({ minLength: 1, maxLength: 128, description: '登录名 · not told apart by case' })
const PasswordField = Type.String({
  minLength: 1,
  maxLength: 512,
  description: '密码 · at least 12 characters when it is set',
})
const PersonName = Type.String({
  minLength: 1,
  maxLength: 60,
  pattern: '^[^\\p{Cc}]*[^\\p{Cc}\\s][^\\p{Cc}]*$',
})
const Kind = Type.Optional(
  Type.Unsafe<'cookie' | 'bearer'>({
    type: 'string',
    enum: [...sessionKinds],
    description: '`cookie` for browsers (the default), `bearer` for programs',
  }),
)

// Sessions · 会话

export const SignInBody = Type.Union([
  Body({ login: Login, password: PasswordField, kind: Kind }),
  Body({
    phone: Type.String({ maxLength: 60 }),
    code: Type.String({ maxLength: 20, description: '短信验证码 · the six digits sent to the phone' }),
    kind: Kind,
  }),
])

export const LoginCodeBody = Body({ phone: Type.String({ maxLength: 60 }) }, { $id: 'LoginCodeBody' })

export const GrantView = Type.Object(
  {
    id: Id,
    role: RoleNameField,
    scope: choice(['everything', 'unit', 'district', 'team']),
    unit: orNull(Type.Object({ id: Id, name: Type.String() })),
    districtCode: orNull(Type.String()),
    team: orNull(Type.Object({ id: Id, name: Type.String() })),
    grantedAt: Instant,
  },
  { $id: 'GrantView' },
)
export type GrantView = Static<typeof GrantView>

export const MeView = Type.Object(
  {
    userId: Id,
    sessionId: Id,
    name: Type.String(),
    login: Type.String(),
    permissions: Type.Array(Type.String()),
    grants: Type.Array(GrantView),
  },
  { $id: 'MeView' },
)
export type MeView = Static<typeof MeView>

export const SignedInView = Type.Object(
  {
    sessionId: Id,
    userId: Id,
    expiresAt: Instant,
    token: Type.Optional(Type.String({ description: '只返回一次 · a bearer token, handed out this once' })),
  },
  { $id: 'SignedInView' },
)

export const SessionView = Type.Object(
  {
    id: Id,
    kind: choice(sessionKinds),
    address: orNull(Type.String()),
    userAgent: orNull(Type.String()),
    createdAt: Instant,
    lastSeenAt: Instant,
    expiresAt: Instant,
    endedAt: orNull(Instant),
    endedBecause: orNull(choice(Object.keys(sessionEnds) as (keyof typeof sessionEnds)[])),
    current: Type.Boolean(),
  },
  { $id: 'SessionView' },
)
export type SessionView = Static<typeof SessionView>

// Users · 账号

const ScopeFields = {
  unitId: Type.Optional(orNull(Id)),
  districtCode: Type.Optional(orNull(DistrictCode)),
  teamId: Type.Optional(orNull(Id)),
}
export const GrantBody = Body({ role: RoleNameField, ...ScopeFields }, { $id: 'GrantBody' })

export const UserBody = Body(
  {
    login: Login,
    name: PersonName,
    personId: Type.Optional(orNull(Id)),
    grants: Type.Array(GrantBody, { minItems: 1, maxItems: 20 }),
  },
  { $id: 'UserBody' },
)
export const UserChange = Body({ name: PersonName }, { $id: 'UserChange' })

export const UserView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    login: Type.String(),
    name: Type.String(),
    personId: orNull(Id),
    reachable: Type.Boolean({ description: '有手机号 · links and codes can be sent' }),
    activated: Type.Boolean({ description: '已设密码 · has set a password' }),
    disabledAt: orNull(Instant),
    lastSignInAt: orNull(Instant),
    createdAt: Instant,
    grants: Type.Array(GrantView),
  },
  { $id: 'UserView' },
)
export type UserView = Static<typeof UserView>

export const UserQuery = Type.Object({
  ...PageQuery.properties,
  search: Type.Optional(
    Type.String({ maxLength: 60, description: '登录名或姓名 · start of the login or part of the name' }),
  ),
  role: Type.Optional(RoleNameField),
  disabled: Type.Optional(Type.Boolean()),
  activated: Type.Optional(Type.Boolean()),
})

export const RoleView = Type.Object(
  {
    name: RoleNameField,
    zh: Type.String(),
    en: Type.String(),
    purpose: Type.String(),
    scopes: Type.Array(choice(['everything', 'unit', 'district', 'team'])),
    permissions: Type.Array(Type.Object({ name: Type.String(), purpose: Type.String() })),
    mayGrant: Type.Array(RoleNameField),
    apartFrom: Type.Array(RoleNameField),
  },
  { $id: 'RoleView' },
)

// One-time links · 一次性链接

const deliver = Type.Optional(
  Type.Unsafe<'message' | 'list'>({
    type: 'string',
    enum: ['message', 'list'],
    default: 'message',
    description: '`message` sends links to the phones; `list` hands them to you, once',
  }),
)

export const ActivationBody = Body({ deliver }, { $id: 'ActivationBody' })
export const IssuedActivation = Type.Object(
  {
    id: Id,
    purpose: choice(Object.keys(activationPurposes) as (keyof typeof activationPurposes)[]),
    expiresAt: Instant,
    link: orNull(Type.String({ description: '只返回一次 · only with `list`, and only this once' })),
  },
  { $id: 'IssuedActivation' },
)
export const ActivationView = Type.Object(
  {
    login: Type.String(),
    name: Type.String({ description: '隐去部分 · masked' }),
    purpose: choice(Object.keys(activationPurposes) as (keyof typeof activationPurposes)[]),
  },
  { $id: 'ActivationView' },
)
export const ActivationPasswordBody = Body({ password: PasswordField }, { $id: 'ActivationPasswordBody' })
export const PasswordChangeBody = Body(
  { login: Login, password: PasswordField, newPassword: PasswordField },
  { $id: 'PasswordChangeBody' },
)

export const BulkInvitationBody = Body(
  {
    unitId: Type.Optional(Id),
    districtCode: Type.Optional(DistrictCode),
    liaisons: Type.Optional(Type.Boolean({ default: true, description: '单位联络员' })),
    leaders: Type.Optional(Type.Boolean({ default: true, description: '队长' })),
    renew: Type.Optional(
      Type.Boolean({ default: false, description: '也替换未使用的链接 · also replace links that wait' }),
    ),
    deliver,
  },
  { $id: 'BulkInvitationBody' },
)
export const BulkInvitationView = Type.Object(
  {
    created: Type.Integer({ description: '新建账号数' }),
    invited: Type.Array(
      Type.Object({
        userId: Id,
        personId: Id,
        name: Type.String(),
        login: Type.String(),
        roles: Type.Array(Type.Object({ role: RoleNameField, over: Type.String() })),
        expiresAt: Instant,
        link: orNull(Type.String()),
      }),
    ),
    skipped: Type.Array(
      Type.Object({
        personId: Id,
        name: Type.String(),
        because: choice(['active', 'link_waiting', 'disabled', 'role_clash', 'no_phone']),
      }),
    ),
  },
  { $id: 'BulkInvitationView' },
)

// Leadership · 队长交接

export const LeadershipBody = Body({ personId: Id }, { $id: 'LeadershipBody' })
export const LeadershipView = Type.Object(
  { teamId: Id, leaderPersonId: Id, version: Type.Integer() },
  { $id: 'LeadershipView' },
)
