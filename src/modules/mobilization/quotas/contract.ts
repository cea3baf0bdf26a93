import Type, { type Static } from 'typebox'
import { DistrictCode, line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Day, Id, Instant, Page, PageQuery, ref } from '#platform/http/schemas.ts'
import { origins } from '../words.ts'

const Heads = Type.Integer({ minimum: 0, maximum: 100_000 })

// Quotas · 需求人数

export const QuotaView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    eventId: Id,
    unit: Named,
    asked: Type.Integer(),
    pledged: nullable(Type.Integer({ description: 'Null: not answered; 0: refused' })),
    countOnly: Type.Boolean({ description: '只报人数 · the number is the whole answer; no names are owed' }),
    namesOwed: Type.Integer({
      description:
        '待实名 · pledged and not yet named; 0 with countOnly; without the heads of teams that answered with a number, and without people whom another unit signed up first (已另有安排)',
    }),
    dueOn: nullable(Day),
    note: nullable(Type.String()),
    answeredAt: nullable(Instant),
    named: Type.Integer({ description: 'People of the unit signed up or in place' }),
    confirmed: Type.Integer({ description: 'People of the unit who accepted' }),
    allowed: Type.Array(Type.Literal('pledgeQuota'), {
      description: '本人可用的操作 · operations the caller has the right to, whatever the state allows now',
    }),
  },
  { $id: 'Quota' },
)
export type QuotaView = Static<typeof QuotaView>
export const QuotaPage = Page(QuotaView)
export const QuotaQuery = Type.Object({
  ...PageQuery.properties,
  unitId: Type.Optional(Id),
  districtCode: Type.Optional(DistrictCode),
  answered: Type.Optional(Type.Boolean()),
  search: Type.Optional(Type.String({ maxLength: 60 })),
  sort: Type.Optional(
    Type.Union([Type.Literal('name'), Type.Literal('gap')], {
      default: 'name',
      description: '按名称，或缺口大的在前 · by name, or the largest gap first',
    }),
  ),
})

/** What the units one is a liaison of are asked for, with the event. */
export const AskList = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        quota: ref(QuotaView),
        event: Type.Object({
          id: Id,
          name: Type.String(),
          timeZone: Type.String(),
          startsAt: Instant,
          endsAt: Instant,
        }),
      }),
    ),
  },
  { $id: 'AskList' },
)

/** Sets the quotas of many units in one request. Units that are not named keep their quota. */
export const QuotaSetting = Body({
  quotas: Type.Array(Type.Object({ unitId: Id, asked: Heads }, { additionalProperties: false }), {
    minItems: 1,
    maxItems: 2000,
  }),
  dueOn: Type.Optional(Type.Unsafe<string>({ ...Day, description: '上报截止日 · the last day to answer' })),
})
export const QuotaSettingResult = Type.Object(
  { created: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer() },
  { $id: 'QuotaSettingResult' },
)
export const Pledge = Body({
  pledged: Heads,
  countOnly: Type.Optional(Type.Boolean({ default: false, description: '只报人数 · no names will follow' })),
  note: Type.Optional(nullable(line(300))),
})

const funnel = {
  asked: Type.Integer({ description: '需求' }),
  pledged: Type.Integer({ description: '上报' }),
  named: Type.Integer({ description: '实名' }),
  confirmed: Type.Integer({ description: '确认' }),
  countOnly: Type.Integer({ description: '只报人数 · of the pledged, without names to follow' }),
  namesOwed: Type.Integer({ description: '待实名 · pledged, not yet named' }),
}
export const Funnel = Type.Object(
  {
    ...funnel,
    units: Type.Integer({ description: 'Units that were asked' }),
    answered: Type.Integer({ description: 'Units that answered' }),
    refused: Type.Integer({ description: 'Units that answered with 0' }),
    districts: Type.Array(Type.Object({ districtCode: nullable(Type.String()), ...funnel })),
  },
  { $id: 'MobilizationFunnel' },
)
export type Funnel = Static<typeof Funnel>

// Allotments · 派队

export const AllotmentView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    eventId: Id,
    shift: Type.Object({ id: Id, work: Type.String(), startsAt: Instant, endsAt: Instant, zone: Named }),
    team: Named,
    unit: nullable(Named),
    heads: Type.Integer(),
    minors: Type.Integer({ description: 'How many of the heads are minors' }),
    named: Type.Integer({ description: 'How many of the heads have a name' }),
    pinned: Type.Boolean(),
    origin: oneOf(origins),
    countOnly: Type.Boolean({
      description: '只报人数 · the team answers with a number; no names will follow',
    }),
  },
  { $id: 'Allotment' },
)
export type AllotmentView = Static<typeof AllotmentView>

/** 只报人数 of one team for one event. */
export const NumberOnly = Type.Object(
  {
    numberOnly: Type.Boolean({ description: '只报人数 · its heads owe no names' }),
    answeredAt: nullable(Instant),
  },
  { $id: 'NumberOnly' },
)
export const AllotmentPage = Page(AllotmentView)
export const AllotmentQuery = Type.Object({
  ...PageQuery.properties,
  shiftId: Type.Optional(Id),
  teamId: Type.Optional(Id),
  unitId: Type.Optional(Id),
})
export const AllotmentSetting = Body({
  heads: Type.Integer({ minimum: 1, maximum: 10_000 }),
  minors: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  pinned: Type.Optional(Type.Boolean()),
})
