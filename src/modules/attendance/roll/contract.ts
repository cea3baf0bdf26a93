import Type, { type Static } from 'typebox'
import { line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, ref } from '#platform/http/schemas.ts'
import { AttendanceView, Offline, OperationId } from '../contract.ts'
import { rollMarks, rollResults } from '../words.ts'

/** The roll of a shift in one request: exceptions one by one, and all others together. */
export const RollBody = Body({
  operationId: OperationId,
  teamId: Type.Optional(Id),
  rest: Type.Optional(
    Type.Unsafe<'present' | 'left'>({
      type: 'string',
      enum: ['present', 'left'],
      description:
        '其余全部到场，或收队 · `present`: everybody else on the roll is here, but those who said no; `left`: everybody else who is here leaves now',
    }),
  ),
  reason: Type.Optional(line(200)),
  entries: Type.Array(
    Type.Object(
      { assignmentId: Id, is: oneOf(rollMarks), at: Type.Optional(Instant) },
      { additionalProperties: false },
    ),
    { maxItems: 500 },
  ),
  offline: Type.Optional(Offline),
})
export type RollBody = Static<typeof RollBody>

export const RollAnswers = Type.Object(
  {
    answers: Type.Array(
      Type.Object({
        assignmentId: Id,
        result: oneOf(rollResults),
        attendance: nullable(ref(AttendanceView)),
      }),
    ),
  },
  { $id: 'RollAnswers' },
)

export const RollPassCreation = Body({ teamId: Type.Optional(Id) })
export const RollPassView = Type.Object(
  {
    id: Id,
    shiftId: Id,
    team: nullable(Named),
    issuedAt: Instant,
    expiresAt: Instant,
    revokedAt: nullable(Instant),
  },
  { $id: 'RollPass' },
)
export const RollPassIssued = Type.Object(
  {
    ...RollPassView.properties,
    url: Type.String({ description: 'Shown once: as a QR code or a link for whoever calls the roll' }),
  },
  { $id: 'RollPassIssued' },
)
export const RollPassList = Type.Object({ items: Type.Array(ref(RollPassView)) }, { $id: 'RollPassList' })

/** What a roll pass shows: names and who is present, no other personal data. */
export const PassRoll = Type.Object(
  {
    shift: Type.Object({
      id: Id,
      work: Type.String(),
      zone: Type.String(),
      startsAt: Instant,
      endsAt: Instant,
    }),
    team: nullable(Type.String()),
    expiresAt: Instant,
    stamp: Type.String(),
    unnamed: Type.Integer({
      description:
        '未列名人数 · on the shift and not named here: pupils, whom their teachers count; earlier than two hours before it everybody of other teams',
    }),
    entries: Type.Array(
      Type.Object({
        assignmentId: Id,
        name: Type.String(),
        team: nullable(Type.String()),
        present: Type.Boolean(),
      }),
    ),
  },
  { $id: 'PassRoll' },
)
