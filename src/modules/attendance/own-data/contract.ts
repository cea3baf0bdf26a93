import Type, { type Static } from 'typebox'
import {
  consentWays,
  consentWords,
  contactKinds,
  memberRoles,
  nullable,
  oneOf,
  relations,
} from '#modules/organisation/index.ts'
import { Instant } from '#platform/http/schemas.ts'

/** 本人信息: what the service holds about the person behind a link. Nothing that a stranger who finds the link could use. */
export const OwnData = Type.Object(
  {
    person: Type.Object({
      maskedName: Type.String(),
      held: Type.Object(
        {
          sex: Type.Boolean(),
          birthYear: Type.Boolean(),
          birthDateOrResidence: Type.Boolean(),
          identityNumber: Type.Boolean(),
          serviceCategory: Type.Boolean(),
          skills: Type.Integer(),
        },
        { description: '是否留存 · whether it is held; the values are told by the unit, in person' },
      ),
    }),
    contacts: Type.Array(
      Type.Object({ kind: oneOf(contactKinds), masked: Type.String(), relation: oneOf(relations) }),
    ),
    listedBy: Type.Array(
      Type.Object({
        unit: nullable(Type.String()),
        team: nullable(Type.String({ description: 'Null for a minor: a stranger must not learn the class' })),
        role: oneOf(memberRoles),
      }),
      {
        description: '登记单位 · whose list this record stands on; records of other units are not told here',
      },
    ),
    consents: Type.Array(
      Type.Object({
        says: oneOf(consentWords),
        via: oneOf(consentWays),
        scope: Type.String(),
        givenAt: Instant,
        validUntil: nullable(Type.String()),
      }),
      { description: '有效的监护人意见 · statements that stand' },
    ),
    accesses: Type.Array(
      Type.Object({
        at: Instant,
        what: Type.String(),
        text: Type.Object({ zh: Type.String(), en: Type.String() }),
      }),
      { description: '查看记录 · who opened the full data, the latest first; at most fifty' },
    ),
  },
  { $id: 'OwnData' },
)
export type OwnData = Static<typeof OwnData>
