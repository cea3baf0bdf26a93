import Type, { type Static } from 'typebox'
import { line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { OperationId } from '../contract.ts'
import { lateLevels, lateOrigins, lateStates } from '../words.ts'
import { lateAtOnce } from './rules.ts'

const times = {
  arrivedAt: Type.Optional(Instant),
  leftAt: Type.Optional(Instant),
}

/** 申请补录 by the person's own link. */
export const LateRequest = Body({ operationId: OperationId, reason: line(200), ...times })

/** 补录 by a leader: several people of one shift, with one reason, in one request. */
export const LateEntries = Body({
  operationId: OperationId,
  reason: line(200),
  entries: Type.Array(Type.Object({ assignmentId: Id, ...times }, { additionalProperties: false }), {
    minItems: 1,
    maxItems: lateAtOnce,
  }),
})

export const LateDecisionBody = Body({ approved: Type.Boolean(), reason: Type.Optional(line(200)) })
/** One decision about several entries of one shift. */
export const LateDecisionsBody = Body({
  lateEntryIds: Type.Array(Id, { minItems: 1, maxItems: lateAtOnce, uniqueItems: true }),
  approved: Type.Boolean(),
  reason: Type.Optional(line(200)),
})
export const LateReviewBody = Body({ upheld: Type.Boolean() })
export const LateParams = Type.Object({ lateEntryId: Id })

/** A late entry as the person sees it through their own link. */
export const OwnLateEntry = Type.Object(
  {
    id: Id,
    state: oneOf(lateStates),
    askedAt: Instant,
    decidedAt: nullable(Instant),
    decisionReason: nullable(Type.String()),
  },
  { $id: 'OwnLateEntry' },
)

/** 补录申请 as approvers and the leaders of the team see it. */
export const LateEntryView = Type.Object(
  {
    id: Id,
    assignmentId: Id,
    person: Named,
    team: nullable(Named),
    event: Type.Object({ id: Id, name: Type.String(), timeZone: Type.String() }),
    shift: Type.Object({ id: Id, work: Type.String(), zone: Named, startsAt: Instant, endsAt: Instant }),
    origin: oneOf(lateOrigins),
    reason: Type.String(),
    arrivedAt: Instant,
    leftAt: Instant,
    askedAt: Instant,
    state: oneOf(lateStates),
    asked: oneOf(lateLevels),
    climbsAt: nullable(Instant),
    decidedAt: nullable(Instant),
    decisionReason: nullable(Type.String()),
    drawn: Type.Boolean({ description: '抽查 · drawn for the office to look at again' }),
    upheld: nullable(Type.Boolean()),
  },
  { $id: 'LateEntry' },
)
export type LateEntryView = Static<typeof LateEntryView>
export const LateEntryPage = Page(LateEntryView)
export const LateEntryQuery = Type.Object({
  ...PageQuery.properties,
  eventId: Type.Optional(Id),
  shiftId: Type.Optional(Id),
  state: Type.Optional(oneOf(lateStates)),
  drawn: Type.Optional(Type.Boolean({ description: 'Drawn and not looked at again yet' })),
})

/** The result for each entry of one request. */
export const LateAnswers = Type.Object(
  {
    answers: Type.Array(
      Type.Object({
        assignmentId: Id,
        lateEntryId: nullable(Id),
        refused: nullable(Type.String({ description: 'The code of the refusal' })),
      }),
    ),
  },
  { $id: 'LateAnswers' },
)
export const LateDecided = Type.Object(
  {
    id: Id,
    assignmentId: Id,
    state: oneOf(lateStates),
    decidedAt: nullable(Instant),
    upheld: nullable(Type.Boolean()),
  },
  { $id: 'LateDecided' },
)

/** What became of each entry of one decision. */
export const LateDecisions = Type.Object(
  {
    answers: Type.Array(
      Type.Object({
        lateEntryId: Id,
        state: nullable(oneOf(lateStates)),
        refused: nullable(Type.String({ description: 'The code of the refusal' })),
      }),
    ),
  },
  { $id: 'LateDecisions' },
)
