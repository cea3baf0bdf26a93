import Type, { type Static } from 'typebox'
import { oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, PageQuery } from '#platform/http/schemas.ts'
import { roleNames, type SessionKind, sessionEnds, sessionKinds } from './words.ts'

/** One of these words. */
export const choice = <const T extends string>(values: readonly T[]) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values] })
/** The schema of a value that may be null. */
export const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const RoleNameField = choice(roleNames)
export const DistrictCode = Type.String({
  pattern: '^[0-9]{2,12}$',
  description: '行政区划代码 · division code, such as 210502',
})
const Login = Type.String({ minLength: 1, maxLength: 128, description: '账号 · not told apart by case' })
export const PasswordField = Type.String({
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
  Type.Unsafe<SessionKind>({
    type: 'string',
    enum: Object.keys(sessionKinds),
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
    withinDistrict: orNull(
      Type.String({ description: '仅限该县区内的部分 · of the unit only what stands in this district' }),
    ),
    suspended: Type.Boolean({ description: '单位或队伍已停用，角色暂停 · its unit or team is closed' }),
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
    phone: orNull(
      Type.String({ description: '账号绑定的手机号，隐去部分 · where links and codes go, masked' }),
    ),
    permissions: Type.Array(Type.String()),
    grants: Type.Array(Type.Object({ ...GrantView.properties, permissions: Type.Array(Type.String()) })),
    landing: Type.String({ description: '登录后的首页 · the path of the page their work begins on' }),
    idleMinutes: Type.Integer({ description: '无操作退出 · minutes without a request that end the session' }),
    expiresAt: Instant,
    serverNow: Instant,
    simulated: Type.Boolean({ description: '模拟时间 · the clock of the service is simulated' }),
    timeZone: Type.String({ description: 'The zone of events that name none' }),
    build: orNull(Type.String({ description: '网页版本 · which build of the console is served' })),
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
    kind: oneOf(sessionKinds),
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

export const PasswordChangeBody = Body(
  { login: Login, password: PasswordField, newPassword: PasswordField },
  { $id: 'PasswordChangeBody' },
)

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
    whole: Type.Boolean({
      description:
        '该账号的角色都在您的范围内 · false: it holds roles beyond your reach, of which nothing is told',
    }),
    login: orNull(Type.String()),
    name: Type.String(),
    personId: orNull(Id),
    unitId: orNull(
      Type.String({
        format: 'uuid',
        description: '所属单位 · the unit the user acts for, where no role says it',
      }),
    ),
    reachable: Type.Boolean({ description: '已绑定手机号 · links and codes can be sent' }),
    activated: Type.Boolean({ description: '已设密码 · has set a password' }),
    disabledAt: orNull(Instant),
    lastSignInAt: orNull(Instant),
    createdAt: Instant,
    grants: Type.Array(GrantView),
  },
  { $id: 'UserView' },
)
export type UserView = Static<typeof UserView>

export const UserUnitBody = Body({ unitId: orNull(Id) }, { $id: 'UserUnitBody' })

export const UserQuery = Type.Object({
  ...PageQuery.properties,
  search: Type.Optional(
    Type.String({ maxLength: 60, description: '账号或姓名 · start of the login or part of the name' }),
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
    permissions: Type.Array(Type.Object({ name: Type.String(), zh: Type.String(), en: Type.String() })),
    mayGrant: Type.Array(RoleNameField),
    apartFrom: Type.Array(RoleNameField),
  },
  { $id: 'RoleView' },
)

// The number of an account · 账号绑定的手机号

const Phone = Type.String({ maxLength: 60, description: '手机号 · a phone number' })
const Code = Type.String({ maxLength: 20, description: '短信验证码 · six digits' })

export const UserPhoneBody = Body(
  { phone: orNull(Phone) },
  { $id: 'UserPhoneBody', description: 'null：解除绑定 · null takes the number off the account' },
)
export const PhoneChangeBody = Body({ phone: Phone }, { $id: 'PhoneChangeBody' })
export const PhoneChangeView = Type.Object({ id: Id, expiresAt: Instant }, { $id: 'PhoneChangeView' })
export const PhoneConfirmationBody = Body({ oldCode: Code, newCode: Code }, { $id: 'PhoneConfirmationBody' })
