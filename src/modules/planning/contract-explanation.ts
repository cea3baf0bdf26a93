import Type, { type Static } from 'typebox'
import { Id, Instant } from '#platform/http/schemas.ts'
import { among, count, keysOf, maybe, text } from './contract-parts.ts'
import { becauses, leverNames, moveReasons, refusals, shortageKinds, whyHereReasons } from './words.ts'

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
    escortsAway: count(),
    here: count(),
    elsewhere: count(),
    whole: count(),
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

export const ShortageView = Type.Object({
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
    description: '建议措施，代价小的在前 · what would help, the cheapest first',
  }),
  competing: maybe(Type.Object({ set: maybe(Type.Integer()), zones: count(), teams: count() })),
})

export const CompetitionView = Type.Object(
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

export const HeadlineView = Type.Object({
  shiftId: Id,
  kind: among(keysOf(shortageKinds)),
  because: among(keysOf(becauses)),
  districtCode: Type.String(),
  shifts: count(),
  zones: count(),
  missing: count(),
  text,
})

export const TradeView = Type.Object(
  { idle: count(), short: count(), fills: count(), text },
  {
    description:
      '保持队伍集中的代价：未安排人数、目标缺口、改用补满优先最多可补 · what keeping teams together costs',
  },
)

export const UnescortedView = Type.Object(
  {
    teamId: maybe(
      Type.String({ ...Id, description: 'null：无权查看的队伍 · a team the reader may not see' }),
    ),
    shiftId: Id,
    minors: count(),
    escorts: Type.Integer({ minimum: 1, description: '还需的带队教师 · adults of the team who must come' }),
    text,
  },
  {
    description:
      '已有岗位但没有带队教师的未成年人，未列入方案 · minors with a place whom nobody of their team can go with: not planned with',
  },
)

/** The number of people who left their assignment, by reason. */
export const Moved = maybe(
  Type.Array(Type.Object({ because: among(keysOf(moveReasons)), name: text, people: count() })),
)

/** A person whom a proposal takes off an assignment they had. */
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

/** Where a proposal places one person, why, and why not on the nearest other shifts. */
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
