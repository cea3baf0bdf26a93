/** One-time links · 一次性链接 */
import Type from 'typebox'
import { Body, Id, Instant } from '#platform/http/schemas.ts'
import { choice, DistrictCode, orNull, PasswordField, RoleNameField } from '../contract.ts'
import {
  activationPurposes,
  invitationRefusals,
  type NotInvited,
  type RoleName,
  roleWords,
} from '../words.ts'

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
    office: orNull(
      Type.Object(
        { over: Type.String(), role: choice(Object.keys(roleWords) as RoleName[]) },
        { description: '职务 · what the account is for: a team or a unit, and the role in it' },
      ),
    ),
  },
  { $id: 'ActivationView' },
)
export const ActivationPasswordBody = Body({ password: PasswordField }, { $id: 'ActivationPasswordBody' })
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
        because: choice(Object.keys(invitationRefusals) as NotInvited[]),
      }),
    ),
    nobody: Type.Array(
      Type.Object({ kind: choice(['team', 'unit'] as const), id: Id, name: Type.String() }),
      {
        description:
          '没有队长的队伍、没有联络员的单位 · teams and units that name nobody; the first 500 each',
      },
    ),
  },
  { $id: 'BulkInvitationView' },
)
