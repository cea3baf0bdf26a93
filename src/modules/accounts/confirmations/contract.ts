/** What officers confirm for each other · 复核 */
import Type, { type Static } from 'typebox'
import { Id, Instant, PageQuery } from '#platform/http/schemas.ts'
import { choice, orNull, RoleNameField } from '../contract.ts'
import {
  type ConfirmationKind,
  type ConfirmationState,
  confirmationKinds,
  confirmationStates,
} from '../words.ts'

export const OfficerConfirmationView = Type.Object(
  {
    id: Id,
    kind: choice(Object.keys(confirmationKinds) as ConfirmationKind[]),
    state: choice(Object.keys(confirmationStates) as ConfirmationState[]),
    user: Type.Object({
      id: Id,
      name: Type.String(),
      login: Type.String(),
      phone: orNull(Type.String({ description: '账号绑定的手机号，隐去部分 · where its links go, masked' })),
    }),
    role: orNull(RoleNameField),
    newPhone: orNull(Type.String({ description: '新手机号，隐去部分 · masked' })),
    requestedBy: Type.Object({ id: Id, name: Type.String() }),
    requestedAt: Instant,
    expiresAt: Instant,
    decidedByUserId: orNull(Id),
    decidedAt: orNull(Instant),
  },
  { $id: 'OfficerConfirmationView' },
)
export type OfficerConfirmationView = Static<typeof OfficerConfirmationView>
export const OfficerConfirmationQuery = Type.Object({
  ...PageQuery.properties,
  state: Type.Optional(choice(Object.keys(confirmationStates) as ConfirmationState[])),
})
