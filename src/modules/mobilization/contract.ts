import Type, { type Static } from 'typebox'
import { prose } from '#modules/events/index.ts'
import { DistrictCode, line, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Day, Id, Instant, Page, PageQuery, ref } from '#platform/http/schemas.ts'
import {
  answers,
  answerVias,
  cancelReasons,
  inChargeRules,
  ineligibilities,
  noticeKinds,
  origins,
  reachStates,
  revocations,
  unreached,
} from './words.ts'

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
    countOnly: Type.Boolean({ description: '只报人数 · the number is the whole answer; no names are owed' }),
    namesOwed: Type.Integer({ description: '待实名 · pledged and not yet named; 0 with countOnly' }),
    dueOn: nullable(Day),
    note: nullable(Type.String()),
    answeredAt: nullable(Instant),
    named: Type.Integer({ description: 'People of the unit signed up or in place' }),
    confirmed: Type.Integer({ description: 'People of the unit who accepted' }),
    allowed: Type.Array(Type.Literal('pledgeQuota'), {
      description: '本人可用的操作 · operations the caller has the right to, whatever the state allows now',
    }),
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
  sort: Type.Optional(
    Type.Union([Type.Literal('name'), Type.Literal('gap')], {
      default: 'name',
      description: '按名称，或缺口大的在前 · by name, or the largest gap first',
    }),
  ),
})

/** What the units one is a liaison of are asked for, with the event. */
export const AskList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        quota: ref(QuotaView),
        event: Type.Object({
          id: Id,
          name: Type.String(),
          timeZone: Type.String(),
          startsAt: Instant,
          endsAt: Instant,
        }),
      }),
    ),
  },
  { $id: 'AskList' },
)

/** Sets the quotas of many units in one request. Units that are not named keep their quota. */
export const QuotaSetting = Body({
  quotas: Type.Array(Type.Object({ unitId: Id, asked: Heads }, { additionalProperties: false }), {
    minItems: 1,
    maxItems: 2000,
  }),
  dueOn: Type.Optional(Type.Unsafe<string>({ ...Day, description: '上报截止日 · the last day to answer' })),
})
export const QuotaSettingResult = Type.Object(
  { created: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() },
  { $id: 'QuotaSettingResult' },
)
export const Pledge = Body({
  pledged: Heads,
  countOnly: Type.Optional(Type.Boolean({ default: false, description: '只报人数 · no names will follow' })),
  note: Type.Optional(nullable(line(300))),
})

const funnel = {
  asked: Type.Integer({ description: '需求' }),
  pledged: Type.Integer({ description: '上报' }),
  named: Type.Integer({ description: '实名' }),
  confirmed: Type.Integer({ description: '确认' }),
  countOnly: Type.Integer({ description: '只报人数 · of the pledged, without names to follow' }),
  namesOwed: Type.Integer({ description: '待实名 · pledged, not yet named' }),
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
    shift: Type.Object({ id: Id, work: Type.String(), startsAt: Instant, endsAt: Instant, zone: Named }),
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

export const InChargeNaming = Body({ rule: oneOf(inChargeRules) })
export const InChargeNamed = Type.Object(
  {
    named: Type.Integer(),
    left: Type.Array(Id, { description: 'Shifts for which nobody was found' }),
  },
  { $id: 'InChargeNamed' },
)

// Notices · 通知

export const NoticeView = Type.Object(
  {
    id: Id,
    kind: oneOf(noticeKinds),
    participationId: Id,
    person: Type.Object({ id: Id, name: Type.String(), minor: Type.Boolean() }),
    team: nullable(Named),
    shift: nullable(Type.Object({ id: Id, work: Type.String(), startsAt: Instant, zone: Named })),
    before: nullable(
      Type.Object({
        startsAt: Instant,
        endsAt: Instant,
        zoneName: Type.String(),
        meetingPoint: nullable(Type.String()),
      }),
    ),
    unreached: nullable(oneOf(unreached)),
    toldAt: nullable(Instant),
    toldByUserId: nullable(Id),
    createdAt: Instant,
  },
  { $id: 'Notice' },
)
export type NoticeView = Static<typeof NoticeView>
export const NoticePage = Page(NoticeView)
export const NoticeQuery = Type.Object({
  ...PageQuery.properties,
  teamId: Type.Optional(Id),
  unreached: Type.Optional(
    Type.Boolean({ default: false, description: '待电话通知 · only whom a leader has to call' }),
  ),
})
export type NoticeQuery = Static<typeof NoticeQuery>
