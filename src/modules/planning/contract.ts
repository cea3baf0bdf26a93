import Type, { type Static, type TSchema } from 'typebox'
import { Id, Instant, ref } from '#platform/http/schemas.ts'
import { goalNames } from './proposal.ts'
import {
  becauses,
  leverNames,
  moveReasons,
  planStages,
  planStates,
  policies,
  refusals,
  shortageKinds,
  stabilities,
  whyHereReasons,
} from './words.ts'

/** One of the words of a closed set. */
function among<K extends string>(keys: readonly K[]) {
  return Type.Unsafe<K>({ type: 'string', enum: [...keys] })
}
const keysOf = <K extends string>(words: Record<K, unknown>) => Object.keys(words) as K[]
const maybe = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const text = Type.Object({ zh: Type.String(), en: Type.String() })

export const PolicyName = among(keysOf(policies))
export const StabilityName = among(keysOf(stabilities))

export const NewPlan = Type.Object(
  {
    policy: Type.Optional(PolicyName),
    stability: Type.Optional(StabilityName),
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

const count = () => Type.Integer({ minimum: 0 })

const FunnelView = Type.Object(
  {
    all: count(),
    unavailable: count(),
    barred: count(),
    minors: count(),
    unskilled: count(),
    committed: count(),
    limit: count(),
    unescorted: count(),
    here: count(),
    elsewhere: count(),
    free: count(),
  },
  { description: '逐层筛去的人数 · people taken away by one sieve after the other' },
)

const LeverView = Type.Object({
  lever: among(keysOf(leverNames)),
  heads: count(),
  fills: Type.Integer({ description: '可补的名额 · seats it would fill' }),
  teamIds: Type.Array(Id),
  startsAt: maybe(Instant),
  endsAt: maybe(Instant),
  lost: count(),
  text,
})

const ShortageView = Type.Object({
  shiftId: Id,
  kind: among(keysOf(shortageKinds)),
  skill: maybe(Type.String()),
  missing: count(),
  because: among(keysOf(becauses)),
  becauseName: text,
  reason: text,
  likeShiftId: maybe(
    Type.String({
      ...Id,
      description: '说明取自同类岗位 · the figures are those of this shift, which is like it',
    }),
  ),
  funnel: FunnelView,
  worthOfOneMore: Type.Number({ description: '再来一人可补的名额 · seats one more person would fill' }),
  oneMore: maybe(
    Type.Object({
      who: among(['adult', 'member', 'skilled', 'escort']),
      teamId: maybe(Id),
      gains: Type.Object({ minimum: count(), skill: count(), target: count() }),
    }),
  ),
  levers: Type.Array(LeverView, {
    description: '可行办法,代价小的在前 · what would help, the cheapest first',
  }),
  competing: maybe(Type.Object({ set: maybe(Type.Integer()), zones: count(), teams: count() })),
})

const CompetitionView = Type.Object(
  {
    set: Type.Integer(),
    kind: among(keysOf(shortageKinds)),
    skill: maybe(Type.String()),
    shiftIds: Type.Array(Id, { description: 'The first 50' }),
    shiftsTotal: count(),
    zones: count(),
    teams: Type.Array(Type.Object({ id: Id, name: Type.String() }), {
      description: 'The 20 with most people in it',
    }),
    teamsTotal: count(),
    people: count(),
    missing: count(),
    times: Type.Array(Type.Object({ startsAt: Instant, endsAt: Instant })),
  },
  { description: '互相争用同一批人的班次 · shifts that compete for the same people' },
)

const HeadlineView = Type.Object({
  shiftId: Id,
  kind: among(keysOf(shortageKinds)),
  because: among(keysOf(becauses)),
  districtCode: Type.String(),
  shifts: count(),
  zones: count(),
  missing: count(),
  text,
})

/** How many people left their place, by reason. */
const Moved = maybe(
  Type.Array(Type.Object({ because: among(keysOf(moveReasons)), name: text, people: count() })),
)

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
    createdAt: Instant,
    finishedAt: maybe(Instant),
    appliedAt: maybe(Instant),
    appliedDistricts: Type.Array(Type.String()),
    quality: maybe(QualityView),
    headlines: Type.Array(HeadlineView, {
      description: '三条最要紧的说明 · the three explanations that tell most; empty in lists',
    }),
    shortages: Type.Array(ShortageView, { description: 'The 200 that matter most; empty in lists' }),
    shortagesTotal: Type.Integer(),
    explained: Type.Integer({ description: 'So many of them explained each by itself' }),
    competitions: Type.Array(CompetitionView, { description: 'Those of the shortages shown' }),
    moved: Moved,
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

/** Which part of a proposal is applied: the districts named, or everything. */
export const Application = Type.Object(
  { districtCodes: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 50 })) },
  { additionalProperties: false },
)
export type Application = Static<typeof Application>

const Pair = Type.Object({ first: Type.Integer(), second: Type.Integer() })

/** Two proposals of one event side by side, second minus first. */
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
      { description: '分区县:安排人数与各类缺口 · by district: people placed, seats short' },
    ),
  },
  { $id: 'PlanComparison' },
)

/** What an application did; `applied` is null when everything was in place before. */
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

/** Somebody whom a proposal takes away from the place they had. */
export const MoveView = Type.Object(
  {
    position: Type.Integer(),
    personId: Id,
    personName: Type.String(),
    fromShiftId: Id,
    toShiftId: maybe(Id),
    because: among(keysOf(moveReasons)),
    reason: text,
  },
  { $id: 'PlanMove' },
)
export type MoveView = Static<typeof MoveView>
export const MoveReasonName = among(keysOf(moveReasons))

const ReasonView = Type.Object({ because: among(keysOf(whyHereReasons)), text })

/** Where a proposal puts one person, why, and what stands against the nearest other shifts. */
export const WhyHereView = Type.Object(
  {
    planId: Id,
    personId: Id,
    personName: Type.String(),
    basis: Type.Object({
      state: among(['same', 'changed', 'over']),
      changed: Type.Array(Type.String()),
      shiftIds: Type.Array(Id),
      text,
    }),
    standby: Type.Boolean(),
    places: Type.Array(
      Type.Object({
        shiftId: Id,
        zoneName: Type.String(),
        metres: maybe(Type.Integer()),
        reasons: Type.Array(ReasonView),
      }),
    ),
    reasons: Type.Array(ReasonView, { description: 'For somebody without a place' }),
    alternatives: Type.Array(
      Type.Object({
        shiftId: Id,
        zoneName: Type.String(),
        metres: Type.Integer(),
        because: among(keysOf(refusals)),
        text,
      }),
      { description: '最近的其他岗位及不安排的原因 · the nearest other shifts and what stands against each' },
    ),
    refused: Type.Array(Type.Object({ because: among(keysOf(refusals)), name: text, shifts: count() })),
  },
  { $id: 'PlanWhyHere' },
)
export type WhyHereView = Static<typeof WhyHereView>
