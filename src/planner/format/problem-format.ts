import Type, { type Static } from 'typebox'

/** Columns and flows are 32-bit integers. A larger value is a fault, so that nothing overflows. */
export const countMax = 2 ** 31 - 1
/**
 * Largest coordinate in metres from the centre of the plane, enough for the largest province. A larger one is a
 * mistake.
 */
export const coordinateMax = 2_000_000
/** Largest value for recent hours of service; more hours than ten years have is a mistake. */
const hoursMax = 100_000

const whole = (options: { minimum?: number; maximum?: number } = {}) =>
  Type.Integer({ minimum: -countMax, maximum: countMax, ...options })
const count = () => whole({ minimum: 0 })
const coordinate = () => Type.Number({ minimum: -coordinateMax, maximum: coordinateMax })
const strict = { additionalProperties: false } as const
const flag = () => whole({ minimum: 0, maximum: 1 })

const Placement = Type.Object({ vol: count(), shift: count() }, strict)

const Team = Type.Object(
  {
    unit: whole({ minimum: -1 }),
    school: whole({ minimum: -1 }),
    x: coordinate(),
    y: coordinate(),
    whole: Type.Optional(Type.Boolean()),
  },
  strict,
)

const Zone = Type.Object(
  {
    district: count(),
    x: coordinate(),
    y: coordinate(),
    kind: count(),
    minorsOk: Type.Boolean(),
    unit: whole({ minimum: -1 }),
  },
  strict,
)

const Shift = Type.Object(
  {
    zone: count(),
    start: whole(),
    end: whole(),
    min: count(),
    target: count(),
    max: count(),
    skill: Type.Optional(whole({ minimum: -1, maximum: 30 })),
    skillMin: Type.Optional(count()),
    skills: Type.Optional(
      Type.Array(Type.Object({ skill: whole({ minimum: 0, maximum: 30 }), min: count() }, strict)),
    ),
    frozen: Type.Optional(Type.Boolean()),
  },
  strict,
)

const Columns = Type.Object(
  {
    team: Type.Array(count()),
    minor: Type.Array(flag()),
    skills: Type.Array(count()),
    from: Type.Array(whole()),
    to: Type.Array(whole()),
    hours: Type.Array(Type.Number({ minimum: 0, maximum: hoursMax })),
    barred: Type.Optional(Type.Array(flag())),
  },
  strict,
)

/** `timeOnly`: blocks only the time, with no travel to or from a place. */
const Commitment = Type.Object(
  {
    vol: count(),
    start: whole(),
    end: whole(),
    x: coordinate(),
    y: coordinate(),
    timeOnly: Type.Optional(Type.Boolean()),
  },
  strict,
)

/**
 * A planning problem. Indices are array positions. Times are minutes (of the day, or from the first day of the
 * roster). Coordinates are metres on a plane, `speed` is metres per minute, `buffer` and `restMinutes` are minutes.
 * `vol` has the people in columns, one entry per person; `skills` is a bit set.
 */
export const ProblemFormat = Type.Object(
  {
    name: Type.Optional(Type.String()),
    seed: Type.Optional(Type.Integer()),
    K: whole({ minimum: 1 }),
    speed: Type.Number({ exclusiveMinimum: 0 }),
    buffer: Type.Number({ minimum: 0 }),
    kNear: Type.Optional(count()),
    reserveShare: Type.Number({ minimum: 0, maximum: 1 }),
    districts: count(),
    units: Type.Array(Type.Object({ district: count() }, strict)),
    teams: Type.Array(Team),
    vol: Columns,
    commitments: Type.Array(Commitment),
    zones: Type.Array(Zone),
    shifts: Type.Array(Shift),
    pins: Type.Array(Placement),
    shiftsPerPerson: Type.Optional(whole({ minimum: 1 })),
    restMinutes: Type.Optional(Type.Number({ minimum: 0 })),
    hoursPerWeek: Type.Optional(Type.Number({ minimum: 0 })),
    ownUnit: Type.Optional(Type.Union([Type.Literal('hard'), Type.Literal('preferred')])),
    policy: Type.Optional(Type.Union([Type.Literal('together'), Type.Literal('fill')])),
    stability: Type.Optional(
      Type.Union([Type.Literal('free'), Type.Literal('prefer'), Type.Literal('onlyForMinimum')]),
    ),
    previous: Type.Optional(Type.Array(Placement)),
  },
  strict,
)

export type Problem = Static<typeof ProblemFormat>
export type ShiftDemand = Problem['shifts'][number]
export type Commitment = Problem['commitments'][number]
