import Type, { type Static } from 'typebox'
import { Body, Day, Instant } from '../http/schemas.ts'
import { type YearState, yearStates } from './words.ts'

export const YearParams = Type.Object({ year: Type.Integer({ minimum: 2008, maximum: 2100 }) })

const orNull = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Source = Type.String({
  minLength: 1,
  maxLength: 200,
  pattern: '^[^\\p{Cc}]*[^\\p{Cc}\\s][^\\p{Cc}]*$',
  description: '通知名称或文号 · title or number of the notice',
  examples: ['国办发明电〔2025〕7号'],
})

const GrantedDays = Type.Integer({
  minimum: 0,
  maximum: 10,
  description: '一次性增加的放假天数，一般为0 · days given once beyond those of the law; 0 in most years',
})

export const WorkdayYearView = Type.Object(
  {
    year: Type.Integer(),
    state: Type.Unsafe<YearState>({
      type: 'string',
      enum: Object.keys(yearStates),
      description: Object.entries(yearStates)
        .map(([state, { zh, en }]) => `${state} ${zh} · ${en}`)
        .join('; '),
    }),
    restDays: Type.Array(Day),
    makeUpWorkdays: Type.Array(Day),
    grantedDays: GrantedDays,
    source: orNull(Type.String()),
    publishedOn: orNull(Day),
    enteredAt: orNull(Instant),
    version: Type.Integer({ description: '0 until somebody enters the year here' }),
  },
  { $id: 'WorkdayYear' },
)
export type WorkdayYearView = Static<typeof WorkdayYearView>

export const WorkdayYearEntry = Body({
  restDays: Type.Array(Day, {
    minItems: 1,
    maxItems: 60,
    uniqueItems: true,
    description: '放假的每一天，含其中的周末 · every day off, weekend days among them included',
  }),
  makeUpWorkdays: Type.Array(Day, {
    maxItems: 30,
    uniqueItems: true,
    description: '调休上班的周六、周日 · the Saturdays and Sundays that are worked',
  }),
  grantedDays: Type.Optional(GrantedDays),
  source: Source,
  publishedOn: Day,
})
export type WorkdayYearEntry = Static<typeof WorkdayYearEntry>

export const DeadlineQuery = Type.Object({
  from: Instant,
  workdays: Type.Integer({ minimum: 1, maximum: 366 }),
  closesAt: Type.Optional(
    Type.String({
      pattern: '^([01]\\d|2[0-3]):[0-5]\\d$',
      description: '末日几时截止，不填为24时 · when the last day closes; midnight without it',
      examples: ['17:00'],
    }),
  ),
})

export const WorkdayDeadline = Type.Object(
  {
    timeZone: Type.String({ description: 'An IANA zone' }),
    lastDay: Day,
    endsAt: Type.String({ format: 'date-time', description: '不含 · exclusive' }),
    provisional: Type.Boolean({
      description: '有关年度尚未公布，公布后只会推迟 · a notice is still to come, and can only move it later',
    }),
  },
  { $id: 'WorkdayDeadline' },
)
