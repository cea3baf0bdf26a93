import Type, { type Static } from 'typebox'
import { prose } from '#modules/events/index.ts'
import { DistrictCode, line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import {
  answers,
  answerVias,
  cancelReasons,
  ineligibilities,
  origins,
  reachStates,
  revocations,
} from './words.ts'

const AnswerGiven = Type.Union([Type.Literal('accepted'), Type.Literal('declined')])

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
/** A leader signs up people of one team. */
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
    shift: Type.Object({ id: Id, work: Type.String(), startsAt: Instant, endsAt: Instant, zone: Named }),
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
    reached: nullable(
      Type.Boolean({ description: '是否已通知到 · null while that is open: not told yet, or on the way' }),
    ),
    reachState: oneOf(reachStates),
    note: nullable(Type.String({ description: '备注 · for whoever leads the team; null for others' })),
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
  reached: Type.Optional(
    Type.Boolean({ description: '未通知到 · false: whom no message reached and who did not answer' }),
  ),
})
export type ParticipationQuery = Static<typeof ParticipationQuery>

/** An answer that a person gave orally to a leader, for one shift or for all. */
export const SpokenAnswer = Body({ answer: AnswerGiven, assignmentId: Type.Optional(Id) })
/** 更正号码: the new number of the person's own phone. */
export const NumberCorrection = Body({ phone: line(40) })
export const Note = Body({ note: nullable(prose(300)) })
export const LinkRenewal = Body({ because: Type.Union([Type.Literal('renewed'), Type.Literal('lost')]) })

/** Whether a person could take a shift now; if not, one reason. */
export const EligibilityView = Type.Union(
  [
    Type.Object({ eligible: Type.Literal(true) }),
    Type.Object({ eligible: Type.Literal(false), because: oneOf(ineligibilities) }),
  ],
  { $id: 'Eligibility' },
)
