import Type, { type Static } from 'typebox'
import { goalNames } from '#planner/index.ts'
import { Id, Instant, ref } from '#platform/http/schemas.ts'
import {
  CompetitionView,
  HeadlineView,
  Moved,
  ShortageView,
  TradeView,
  UnescortedView,
} from './contract-explanation.ts'
import { among, keysOf, maybe, text } from './contract-parts.ts'
import { planStages, planStates, policies, stabilities } from './words.ts'

export const PolicyName = among(keysOf(policies))
export const StabilityName = among(keysOf(stabilities))

const HoursPerWeek = Type.Number({
  exclusiveMinimum: 0,
  maximum: 168,
  description:
    '每人每周最多服务小时数，从活动首日起每七天为一周 · at most so many hours a person in each seven days from the first day of the event',
})
const RestMinutes = Type.Integer({
  minimum: 0,
  maximum: 10_080,
  description: '同一人两个班次之间至少间隔的分钟数 · at least so many minutes between two shifts of a person',
})

export const NewPlan = Type.Object(
  {
    policy: Type.Optional(PolicyName),
    stability: Type.Optional(
      Type.Unsafe<Static<typeof StabilityName>>({
        ...StabilityName,
        description:
          '未指定时：发布前可自由调整，发布后仅为最低人数调整 · unless told: free before publication, onlyForMinimum after it',
      }),
    ),
    hoursPerWeek: Type.Optional(HoursPerWeek),
    restMinutes: Type.Optional(RestMinutes),
  },
  { additionalProperties: false },
)
export type NewPlan = Static<typeof NewPlan>

const GoalView = Type.Object({
  goal: among(goalNames),
  name: text,
  achieved: Type.Number(),
  bound: maybe(Type.Number()),
  proof: maybe(Type.String()),
  proofName: maybe(text),
})

const QualityView = Type.Object({
  goals: Type.Array(GoalView),
  people: Type.Object({
    placeable: Type.Integer(),
    placed: Type.Integer(),
    placements: Type.Integer(),
    standby: Type.Integer(),
  }),
  parts: Type.Object({
    count: Type.Integer(),
    floor: Type.Integer(),
    rawCount: Type.Integer(),
    smallest: Type.Integer(),
  }),
  certificate: maybe(
    Type.Object({ holds: Type.Boolean(), arcs: Type.Integer(), checkedArcs: Type.Integer() }),
  ),
})

export const PlanView = Type.Object(
  {
    id: Id,
    eventId: Id,
    state: among(keysOf(planStates)),
    stage: among(keysOf(planStages)),
    stageName: text,
    progress: Type.Integer({ minimum: 0, maximum: 100, description: 'Per cent' }),
    policy: PolicyName,
    stability: StabilityName,
    hoursPerWeek: maybe(HoursPerWeek),
    restMinutes: maybe(RestMinutes),
    createdAt: Instant,
    finishedAt: maybe(Instant),
    appliedAt: maybe(Instant),
    appliedDistricts: Type.Array(Type.String()),
    revocable: Type.Boolean({
      description:
        '采用可撤销 · a part of it is applied, and this can be taken back until the event is published, unless another was accepted since',
    }),
    quality: maybe(QualityView),
    headlines: Type.Array(HeadlineView, {
      description: '三条最要紧的说明 · the three explanations that tell most; empty in lists',
    }),
    shortages: Type.Array(ShortageView, { description: 'The 200 that matter most; empty in lists' }),
    shortagesTotal: Type.Integer(),
    explained: Type.Integer({ description: 'So many of them explained each by itself' }),
    competitions: Type.Array(CompetitionView, { description: 'Those of the shortages shown' }),
    unescorted: Type.Array(UnescortedView),
    trade: maybe(TradeView),
    moved: Moved,
    peopleMoved: maybe(
      Type.Integer({
        description:
          '采用后将离开现岗位的人数；此前无人在岗时为 null · people who would leave the place they have; null when nobody had one',
      }),
    ),
    failure: maybe(Type.Object({ code: Type.String(), details: Type.Record(Type.String(), Type.Unknown()) })),
    version: Type.Integer(),
  },
  { $id: 'Plan' },
)
export type PlanView = Static<typeof PlanView>

export const PlanAssignmentView = Type.Object(
  {
    position: Type.Integer(),
    personId: Id,
    personName: Type.String(),
    teamId: Id,
    teamName: Type.String(),
    shiftId: maybe(Id),
    zoneName: maybe(Type.String()),
    startsAt: maybe(Instant),
    endsAt: maybe(Instant),
  },
  { $id: 'PlanAssignment' },
)

/** Which part of a proposal is applied: the named districts, or everything. */
export const Application = Type.Object(
  { districtCodes: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 50 })) },
  { additionalProperties: false },
)
export type Application = Static<typeof Application>

const Pair = Type.Object({ first: Type.Integer(), second: Type.Integer() })

/** Comparison of two proposals of one event: second minus first. */
export const PlanComparison = Type.Object(
  {
    firstId: Id,
    secondId: Id,
    goals: Type.Array(
      Type.Object({ goal: among(goalNames), name: text, first: Type.Number(), second: Type.Number() }),
    ),
    samePlace: Type.Integer(),
    moved: Type.Integer(),
    onlyFirst: Type.Integer(),
    onlySecond: Type.Integer(),
    movedByReason: Type.Object({ first: Moved, second: Moved }),
    districts: Type.Array(
      Type.Object({
        districtCode: Type.String(),
        name: Type.String(),
        placed: Pair,
        minimum: Pair,
        skill: Pair,
        target: Pair,
        moved: Type.Integer({
          description: 'People of the first placed there whom the second places elsewhere',
        }),
      }),
      { description: '分县区：安排人数与各类缺口 · by district: people placed, seats short' },
    ),
  },
  { $id: 'PlanComparison' },
)

/** The result of applying; `applied` is null when everything was in place before. */
export const ApplicationView = Type.Object(
  {
    plan: ref(PlanView),
    applied: maybe(
      Type.Object({
        assigned: Type.Integer(),
        kept: Type.Integer(),
        takenBack: Type.Integer(),
        allotted: Type.Integer(),
        gone: Type.Array(Id, { description: 'People who left their team since' }),
        refused: Type.Array(Type.Object({ personId: Id, shiftId: Id, because: Type.String() })),
        refusedAllotments: Type.Array(Type.Object({ teamId: Id, shiftId: Id, because: Type.String() })),
      }),
    ),
  },
  { $id: 'PlanApplication' },
)
