import Type, { type Static, type TSchema } from 'typebox'
import { Id, Instant, ref } from '#platform/http/schemas.ts'
import { goalNames } from './proposal.ts'
import { planStages, planStates, policies, stabilities } from './words.ts'

/** One of the words of a closed set. */
function among<K extends string>(keys: readonly K[]) {
  return Type.Unsafe<K>({ type: 'string', enum: [...keys] })
}
const keysOf = <K extends string>(words: Record<K, unknown>) => Object.keys(words) as K[]
const maybe = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const text = Type.Object({ zh: Type.String(), en: Type.String() })

export const PolicyName = among(keysOf(policies))
export const StabilityName = among(keysOf(stabilities))

const HoursPerWeek = Type.Number({
  exclusiveMinimum: 0,
  maximum: 168,
  description:
    '每人每周最多服务小时数,从活动首日起每七天为一周 · at most so many hours a person in each seven days from the first day of the event',
})
const RestMinutes = Type.Integer({
  minimum: 0,
  maximum: 10_080,
  description: '同一人两个班次之间至少间隔的分钟数 · at least so many minutes between two shifts of a person',
})

export const NewPlan = Type.Object(
  {
    policy: Type.Optional(PolicyName),
    stability: Type.Optional(StabilityName),
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
})

const FunnelView = Type.Object({
  all: Type.Integer(),
  unavailable: Type.Integer(),
  barred: Type.Integer(),
  minors: Type.Integer(),
  unskilled: Type.Integer(),
  committed: Type.Integer(),
  elsewhere: Type.Integer(),
  free: Type.Integer(),
})

const ShortageView = Type.Object({
  shiftId: Id,
  kind: among(['minimum', 'skill', 'target']),
  skill: maybe(Type.String()),
  missing: Type.Integer(),
  because: Type.String(),
  reason: text,
  funnel: FunnelView,
  worthOfOneMore: Type.Number(),
  competing: maybe(Type.Object({ shiftIds: Type.Array(Id), zones: Type.Integer(), teams: Type.Integer() })),
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
    quality: maybe(QualityView),
    shortages: Type.Array(ShortageView, { description: 'The 200 that matter most' }),
    shortagesTotal: Type.Integer(),
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
