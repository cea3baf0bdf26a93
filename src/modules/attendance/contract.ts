import Type, { type Static } from 'typebox'
import { answers } from '#modules/mobilization/index.ts'
import { Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery, ref } from '#platform/http/schemas.ts'
import { attendanceFlags, attendanceVias, evidenceGrades, positionJudgements, timings } from './words.ts'

/**
 * Idempotency key chosen by the client, one for each operation. Repeating a request with the same key has no further
 * effect.
 */
export const OperationId = Type.String({ minLength: 8, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' })

/** The position given by the phone. It is judged and not stored. */
export const Position = Type.Object(
  {
    latitude: Type.Number({ minimum: -90, maximum: 90 }),
    longitude: Type.Number({ minimum: -180, maximum: 180 }),
    accuracyM: Type.Optional(Type.Number({ minimum: 0, maximum: 100_000 })),
  },
  { additionalProperties: false },
)
export type Position = Static<typeof Position>

export const LinkParams = Type.Object({ token: Type.String({ maxLength: 40 }) })
export const LinkAssignmentParams = Type.Object({ ...LinkParams.properties, assignmentId: Id })

export const OwnCheckIn = Body({ operationId: OperationId, position: Type.Optional(Position) })
export const OwnCheckOut = Body({
  operationId: OperationId,
  early: Type.Optional(
    Type.Boolean({ description: 'They were asked whether they really leave before the end' }),
  ),
})
export const OwnAnswer = Body({
  answer: Type.Union([Type.Literal('accepted'), Type.Literal('declined')]),
  assignmentId: Type.Optional(Id),
  as: Type.Optional(
    Type.Union([Type.Literal('guardian'), Type.Literal('relative')], {
      description: 'Behind a minor’s link: a relative who only passes it on (亲属代收) consents to nothing',
    }),
  ),
  schoolYear: Type.Optional(
    Type.Boolean({
      description:
        '本学年均同意 · with `accepted` behind a minor’s link: the guardian consents to the other events of the school year, too',
    }),
  ),
})

/** 签到记录: the attendance of one assignment, as the person and the leader see it. */
export const AttendanceView = Type.Object(
  {
    assignmentId: Id,
    checkInAt: nullable(Instant),
    checkOutAt: nullable(Instant),
    timing: oneOf(timings),
    minutes: nullable(Type.Integer({ description: '实际服务分钟 · inside the shift' })),
    grade: oneOf(evidenceGrades),
    via: oneOf(attendanceVias),
  },
  { $id: 'Attendance' },
)
export type AttendanceView = Static<typeof AttendanceView>

/** What a personal link shows. A stranger who finds the link must learn nothing that can harm its owner. */
export const LinkView = Type.Object(
  {
    person: Type.Object({ maskedName: Type.String() }),
    event: Type.Object({
      name: Type.String(),
      timeZone: Type.String(),
      startsAt: Instant,
      endsAt: Instant,
      cancelledAt: nullable(Instant),
    }),
    answer: oneOf(answers),
    assignments: Type.Array(
      Type.Object({
        id: Id,
        work: Type.String(),
        startsAt: Instant,
        endsAt: Instant,
        zone: Type.String(),
        meetingPoint: nullable(Type.String()),
        tools: nullable(Type.String()),
        risks: nullable(Type.String()),
        recordable: Type.Boolean(),
        answer: oneOf(answers),
        cancelledAt: nullable(Instant),
        cancelReason: nullable(Type.String()),
        askedAgainAt: nullable(
          Type.Unsafe<string>({ ...Instant, description: 'The shift moved: please confirm again' }),
        ),
        excusedAt: nullable(Instant),
        contact: nullable(Type.Object({ name: Type.String(), phone: nullable(Type.String()) })),
        checkInOpensAt: Instant,
        attendance: nullable(ref(AttendanceView)),
      }),
    ),
  },
  { $id: 'PersonalLink' },
)
export type LinkView = Static<typeof LinkView>

export const RollCall = Body({ operationId: OperationId })

/** When something tapped without network was loaded and sent: see the README. */
export const Offline = Type.Object(
  {
    stamp: Type.String({ maxLength: 200, description: 'As the roll was loaded with' }),
    loadedAt: Type.String({ format: 'date-time', description: 'By the clock of the phone' }),
    sentAt: Type.String({ format: 'date-time', description: 'By the clock of the phone' }),
  },
  { additionalProperties: false },
)

export const GroupCount = Body({
  operationId: OperationId,
  present: Type.Integer({ minimum: 0, maximum: 100_000, description: '到岗人数（不记名）' }),
  adults: Type.Integer({ minimum: 0, maximum: 100_000, description: '其中成年人' }),
  companions: Type.Integer({ minimum: 0, maximum: 100_000, description: '随行家属等' }),
  at: Type.Optional(Instant),
  offline: Type.Optional(Offline),
})
export type GroupCount = Static<typeof GroupCount>
export const GroupCountView = Type.Object(
  {
    allotmentId: Id,
    shiftId: Id,
    present: Type.Integer(),
    adults: Type.Integer(),
    companions: Type.Integer(),
    countedAt: Instant,
  },
  { $id: 'GroupCount' },
)
export type GroupCountView = Static<typeof GroupCountView>

/** One named person of a shift, for the roll-call. */
export const RollEntry = Type.Object(
  {
    assignmentId: Id,
    person: Named,
    team: nullable(Named),
    answer: oneOf(answers),
    excusedAt: nullable(Instant),
    attendance: nullable(
      Type.Object({
        checkInAt: nullable(Instant),
        checkOutAt: nullable(Instant),
        timing: oneOf(timings),
        minutes: nullable(Type.Integer()),
        grade: oneOf(evidenceGrades),
        via: oneOf(attendanceVias),
        position: oneOf(positionJudgements),
        flags: Type.Array(oneOf(attendanceFlags)),
      }),
    ),
  },
  { $id: 'RollEntry' },
)
export type RollEntry = Static<typeof RollEntry>
export const RollPage = Type.Object({
  ...Page(RollEntry).properties,
  stamp: Type.String({
    description: 'Signed time of the service: handed back with what is tapped without network',
  }),
})
export const RollQuery = Type.Object({
  ...PageQuery.properties,
  missing: Type.Optional(
    Type.Boolean({ description: '应到未到 · only those who should be here and are not', default: false }),
  ),
})

const totals = {
  shifts: Type.Integer(),
  target: Type.Integer({ description: '需求' }),
  expected: Type.Integer({ description: '已排 · named people and heads held for teams' }),
  present: Type.Integer({ description: '实名到岗' }),
  checkedOut: Type.Integer({ description: '已签退' }),
  late: Type.Integer({ description: '迟到' }),
  minutes: Type.Integer({ description: '服务分钟' }),
  counted: Type.Integer({ description: '不记名到岗' }),
  countedAdults: Type.Integer({ description: '其中成年人' }),
  companions: Type.Integer({ description: '随行' }),
}
export const EventAttendance = Type.Object(
  {
    eventId: Id,
    at: Instant,
    total: Type.Object(totals),
    zones: Type.Array(Type.Object({ zone: Named, districtCode: nullable(Type.String()), ...totals })),
  },
  { $id: 'EventAttendance' },
)
export type EventAttendance = Static<typeof EventAttendance>
