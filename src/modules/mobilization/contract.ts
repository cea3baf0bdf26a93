import Type, { type Static } from 'typebox'
import { DistrictCode, line, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { answers, answerVias, cancelReasons, ineligibilities, origins, revocations } from './words.ts'

const Named = Type.Object({ id: Id, name: Type.String() })
const Heads = Type.Integer({ minimum: 0, maximum: 100_000 })
const AnswerGiven = Type.Union([Type.Literal('accepted'), Type.Literal('declined')])

// Quotas · 需求人数

export const QuotaView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    eventId: Id,
    unit: Named,
    asked: Type.Integer(),
    pledged: nullable(Type.Integer({ description: 'Null: not answered; 0: refused' })),
    note: nullable(Type.String()),
    answeredAt: nullable(Instant),
    named: Type.Integer({ description: 'People of the unit signed up or in place' }),
    confirmed: Type.Integer({ description: 'People of the unit who accepted' }),
  },
  { $id: 'Quota' },
)
export type QuotaView = Static<typeof QuotaView>
export const QuotaPage = Page(QuotaView)
export const QuotaQuery = Type.Object({
  ...PageQuery.properties,
  unitId: Type.Optional(Id),
  districtCode: Type.Optional(DistrictCode),
  answered: Type.Optional(Type.Boolean()),
  search: Type.Optional(Type.String({ maxLength: 60 })),
})
/** Sets what is asked of many units at once; units that are not named keep what they have. */
export const QuotaSetting = Body({
  quotas: Type.Array(Type.Object({ unitId: Id, asked: Heads }, { additionalProperties: false }), {
    minItems: 1,
    maxItems: 2000,
  }),
})
export const QuotaSettingResult = Type.Object(
  { created: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() },
  { $id: 'QuotaSettingResult' },
)
export const Pledge = Body({ pledged: Heads, note: Type.Optional(nullable(line(300))) })

const funnel = {
  asked: Type.Integer({ description: '需求' }),
  pledged: Type.Integer({ description: '上报' }),
  named: Type.Integer({ description: '实名' }),
  confirmed: Type.Integer({ description: '确认' }),
}
export const Funnel = Type.Object(
  {
    ...funnel,
    units: Type.Integer({ description: 'Units that were asked' }),
    answered: Type.Integer({ description: 'Units that answered' }),
    refused: Type.Integer({ description: 'Units that answered with 0' }),
    districts: Type.Array(Type.Object({ districtCode: nullable(Type.String()), ...funnel })),
  },
  { $id: 'MobilizationFunnel' },
)
export type Funnel = Static<typeof Funnel>

// Allotments · 派队

export const AllotmentView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    eventId: Id,
    shift: Type.Object({ id: Id, task: Type.String(), startsAt: Instant, endsAt: Instant, zone: Named }),
    team: Named,
    unit: nullable(Named),
    heads: Type.Integer(),
    minors: Type.Integer({ description: 'How many of the heads are minors' }),
    named: Type.Integer({ description: 'How many of the heads have a name' }),
    pinned: Type.Boolean(),
    origin: oneOf(origins),
  },
  { $id: 'Allotment' },
)
export type AllotmentView = Static<typeof AllotmentView>
export const AllotmentPage = Page(AllotmentView)
export const AllotmentQuery = Type.Object({
  ...PageQuery.properties,
  shiftId: Type.Optional(Id),
  teamId: Type.Optional(Id),
  unitId: Type.Optional(Id),
})
export const AllotmentSetting = Body({
  heads: Type.Integer({ minimum: 1, maximum: 10_000 }),
  minors: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  pinned: Type.Optional(Type.Boolean()),
})

// Sign-ups · 报名

export const SignUpView = Type.Object(
  {
    id: Id,
    eventId: Id,
    person: Named,
    team: Named,
    offeredAt: Instant,
    withdrawnAt: nullable(Instant),
  },
  { $id: 'SignUp' },
)
export type SignUpView = Static<typeof SignUpView>
export const SignUpPage = Page(SignUpView)
export const SignUpQuery = Type.Object({
  ...PageQuery.properties,
  teamId: Type.Optional(Id),
  unitId: Type.Optional(Id),
})
/** A leader offers people of one team. */
export const SignUpCreation = Body({
  teamId: Id,
  personIds: Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true }),
})
export const SignUpResult = Type.Object(
  {
    signedUp: Type.Integer(),
    already: Type.Integer(),
    refused: Type.Array(Type.Object({ personId: Id, because: oneOf(ineligibilities) })),
  },
  { $id: 'SignUpResult' },
)

// Participations and assignments · 参与, 岗位安排

export const AssignmentView = Type.Object(
  {
    id: Id,
    shift: Type.Object({ id: Id, task: Type.String(), startsAt: Instant, endsAt: Instant, zone: Named }),
    person: Named,
    team: nullable(Named),
    unit: nullable(Named),
    origin: oneOf(origins),
    pinned: Type.Boolean(),
    answer: oneOf(answers),
    answeredAt: nullable(Instant),
    excusedAt: nullable(Instant),
    cancelledAt: nullable(Instant),
    cancelReason: nullable(oneOf(cancelReasons)),
  },
  { $id: 'Assignment' },
)
export type AssignmentView = Static<typeof AssignmentView>
export const AssignmentPage = Page(AssignmentView)
export const AssignmentSetting = Body({
  teamId: Type.Optional(Id),
  pinned: Type.Optional(Type.Boolean()),
})
export const AssignmentQuery = Type.Object({
  ...PageQuery.properties,
  answer: Type.Optional(oneOf(answers)),
  cancelled: Type.Optional(Type.Boolean({ default: false })),
})

export const ParticipationView = Type.Object(
  {
    id: Id,
    eventId: Id,
    person: Type.Object({ id: Id, name: Type.String(), minor: Type.Boolean() }),
    team: nullable(Named),
    unit: nullable(Named),
    answer: oneOf(answers),
    answeredAt: nullable(Instant),
    answeredVia: nullable(oneOf(answerVias)),
    answeredByUserId: nullable(
      Type.String({ description: 'The leader who recorded a spoken answer (代为回复)' }),
    ),
    link: Type.Object({
      generation: Type.Integer(),
      revokedAt: nullable(Instant),
      revokedBecause: nullable(oneOf(revocations)),
    }),
    assignments: Type.Array(AssignmentView),
  },
  { $id: 'Participation' },
)
export type ParticipationView = Static<typeof ParticipationView>
export const ParticipationPage = Page(ParticipationView)
export const ParticipationQuery = Type.Object({
  ...PageQuery.properties,
  search: Type.Optional(Type.String({ maxLength: 60 })),
  unitId: Type.Optional(Id),
  teamId: Type.Optional(Id),
  zoneId: Type.Optional(Id),
  districtCode: Type.Optional(DistrictCode),
  shiftId: Type.Optional(Id),
  answer: Type.Optional(oneOf(answers)),
})
export type ParticipationQuery = Static<typeof ParticipationQuery>

/** An answer spoken to a leader, for one shift or for all. */
export const SpokenAnswer = Body({ answer: AnswerGiven, assignmentId: Type.Optional(Id) })
export const LinkRenewal = Body({ because: Type.Union([Type.Literal('renewed'), Type.Literal('lost')]) })

/** Whether a person could take a shift now, and if not, the one reason why. */
export const EligibilityView = Type.Union(
  [
    Type.Object({ eligible: Type.Literal(true) }),
    Type.Object({ eligible: Type.Literal(false), because: oneOf(ineligibilities) }),
  ],
  { $id: 'Eligibility' },
)
