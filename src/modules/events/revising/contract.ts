import Type, { type Static } from 'typebox'
import { line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page } from '#platform/http/schemas.ts'
import { previewed } from '#platform/previews/index.ts'
import { ShiftSelection } from '../contract-selection.ts'
import { prose } from '../parts.ts'
import { eventDaysMax } from '../rules.ts'
import { revisionConflicts } from '../words.ts'

const minutesMax = eventDaysMax * 24 * 60
const Heads = Type.Integer({ minimum: 0, maximum: 10_000 })
const clock = (description: string) =>
  Type.Optional(
    Type.String({ pattern: '^(?:[01]\\d|2[0-3]):[0-5]\\d$', maxLength: 5, examples: ['14:00'], description }),
  )

/** What every selected shift becomes. What is not named stays as it is. */
export const ShiftRevisionChange = Type.Object(
  {
    moveDays: Type.Optional(
      Type.Integer({
        minimum: -eventDaysMax,
        maximum: eventDaysMax,
        description: '顺延天数 · days later, at the same hours of the day in the zone of the event',
      }),
    ),
    moveMin: Type.Optional(
      Type.Integer({ minimum: -minutesMax, maximum: minutesMax, description: '顺延分钟数 · minutes later' }),
    ),
    startsAtClock: clock('开始时刻 · what clocks show when it starts, on its own day'),
    endsAtClock: clock('结束时刻 · when it ends: the first time clocks show this after the start'),
    min: Type.Optional(Heads),
    target: Type.Optional(Heads),
    max: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
    zoneId: Type.Optional(Id),
    meetingPoint: Type.Optional(nullable(line(200))),
    work: Type.Optional(line(100)),
    tools: Type.Optional(nullable(prose(1000))),
    toolsBroughtBy: Type.Optional(nullable(line(100))),
    risks: Type.Optional(nullable(prose(2000))),
    insurance: Type.Optional(nullable(prose(1000))),
  },
  { $id: 'ShiftRevisionChange', additionalProperties: false, minProperties: 1 },
)
export type ShiftRevisionChange = Static<typeof ShiftRevisionChange>

export const ShiftRevisionSpec = Body({
  where: ShiftSelection,
  change: ShiftRevisionChange,
  skipConflicts: Type.Optional(
    Type.Boolean({ default: false, description: 'Change the rest when some cannot be changed' }),
  ),
})
export type ShiftRevisionSpec = Static<typeof ShiftRevisionSpec>

const Sample = Type.Object({
  id: Id,
  zone: Named,
  work: Type.String(),
  before: Type.Object({ startsAt: Instant, endsAt: Instant }),
  after: Type.Object({ startsAt: Instant, endsAt: Instant }),
})

export const ShiftRevisionPreview = Type.Object(
  {
    ...previewed,
    shifts: Type.Integer({ description: 'Shifts that would be changed' }),
    unchanged: Type.Integer({ description: 'Selected shifts that are so already' }),
    over: Type.Integer({ description: 'Selected shifts that are over already: they stay' }),
    conflictsTotal: Type.Integer({ description: 'Selected shifts that cannot be changed like this' }),
    conflicts: Type.Array(
      Type.Object({
        shiftId: Id,
        zone: Named,
        startsAt: Instant,
        because: oneOf(revisionConflicts),
        people: Type.Integer({ description: '人数 · whom it concerns; 0 when it is about the shift itself' }),
      }),
      { description: 'The first hundred' },
    ),
    people: Type.Integer({ description: '人数 · people who hold a place on what is changed' }),
    heads: Type.Integer({
      description: '未实名人数 · heads of teams without names: their leaders tell them',
    }),
    askedAgain: Type.Integer({
      description:
        '须重新确认的岗位 · places that were accepted, and are asked for again because of place or time',
    }),
    messages: Type.Integer({
      description: '消息条数 · none for a draft, or when neither place nor time changes',
    }),
    unreachable: Type.Integer({ description: '需电话通知人数 · people whom no message reaches' }),
    tellsAfterMin: Type.Integer({ description: '几分钟后通知 · until then it can be undone' }),
    sample: Type.Array(Sample, { description: 'The first twenty, in order of time' }),
  },
  { $id: 'ShiftRevisionPreview' },
)

export const ShiftRevisionView = Type.Object(
  {
    id: Id,
    eventId: Id,
    where: ShiftSelection,
    change: ShiftRevisionChange,
    shifts: Type.Integer(),
    people: Type.Integer({ description: '人次 · places that were held on them' }),
    createdAt: Instant,
    toldAt: nullable(Instant),
    undoneAt: nullable(Instant),
    undoable: Type.Boolean({
      description: '可撤销 · while nobody was told and nobody changed these shifts since',
    }),
  },
  { $id: 'ShiftRevision' },
)
export const ShiftRevisionPage = Page(ShiftRevisionView)
