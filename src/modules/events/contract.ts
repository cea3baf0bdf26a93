import Type, { type Static } from 'typebox'
import { DistrictCode, line, Named, nullable, oneOf } from '#modules/organisation/index.ts'
import { Body, Id, Instant, Page, PageQuery } from '#platform/http/schemas.ts'
import { prose, search } from './parts.ts'
import {
  batchConflicts,
  eventOperations,
  eventStates,
  ownUnitPolicies,
  publicationProblems,
} from './words.ts'

const Heads = Type.Integer({ minimum: 0, maximum: 10_000 })

// Events · 活动

export const EventView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    name: Type.String(),
    theme: nullable(Type.String()),
    description: nullable(Type.String()),
    campaign: nullable(Named),
    organiser: Named,
    timeZone: Type.String({ examples: ['Asia/Shanghai'] }),
    startsAt: Instant,
    endsAt: Instant,
    minorsPerAdult: Type.Integer({
      description: 'Minors on a shift for each teacher or registered guardian',
    }),
    checkInOpensMin: Type.Integer({
      description: 'Minutes before a shift from which its people check in by themselves',
    }),
    ownUnit: oneOf(ownUnitPolicies),
    state: oneOf(eventStates),
    publishedAt: nullable(Instant),
    closedAt: nullable(Instant),
    cancelledAt: nullable(Instant),
    cancelReason: nullable(Type.String()),
    shifts: Type.Integer({ description: 'Shifts that are not cancelled' }),
    createdAt: Instant,
  },
  { $id: 'Event' },
)
export type EventView = Static<typeof EventView>
export const EventPage = Page(EventView)

export const EventDetail = Type.Object(
  {
    ...EventView.properties,
    allowed: Type.Array(oneOf(eventOperations), {
      description: '本人可用的操作 · operations the caller has the right to, whatever the state allows now',
    }),
  },
  { $id: 'EventDetail' },
)
export type EventDetail = Static<typeof EventDetail>

const eventFields = {
  theme: nullable(line(100)),
  description: nullable(prose(4000)),
  campaignId: nullable(Id),
  minorsPerAdult: Type.Integer({ minimum: 1, maximum: 30 }),
  checkInOpensMin: Type.Integer({ minimum: 0, maximum: 180 }),
  ownUnit: oneOf(ownUnitPolicies),
}
const eventNeeds = {
  name: line(100),
  organiserUnitId: Id,
  timeZone: Type.String({ minLength: 1, maxLength: 60, examples: ['Asia/Shanghai'] }),
  startsAt: Instant,
  endsAt: Instant,
}
export const EventCreation = Body({ ...eventNeeds, ...Type.Partial(Type.Object(eventFields)).properties })
export const EventChange = Body({
  ...Type.Partial(Type.Object({ ...eventNeeds, ...eventFields })).properties,
})
export type EventCreation = Static<typeof EventCreation>
export type EventChange = Static<typeof EventChange>
export const EventQuery = Type.Object({
  ...PageQuery.properties,
  ...search,
  state: Type.Optional(oneOf(eventStates)),
  campaignId: Type.Optional(Id),
  organiserUnitId: Type.Optional(Id),
  from: Type.Optional(Instant),
  until: Type.Optional(Instant),
})
export type EventQuery = Static<typeof EventQuery>
/** A draft like an earlier event, at another time. */
export const EventCopy = Body({
  name: line(100),
  startsAt: Instant,
  organiserUnitId: Type.Optional(Id),
  campaignId: Type.Optional(nullable(Id)),
})
export type EventCopy = Static<typeof EventCopy>
export const EventCopied = Type.Object(
  {
    event: EventDetail,
    leftOut: Type.Integer({ description: '未复制的班次 · shifts not copied, because their zone is closed' }),
  },
  { $id: 'EventCopied' },
)
export const Cancellation = Body({ reason: line(200) })

/** The problems that prevent publication; empty when the event can be published. */
export const PublicationCheck = Type.Object(
  {
    ready: Type.Boolean(),
    problems: Type.Array(
      Type.Object({
        because: oneOf(publicationProblems),
        shifts: Type.Integer({ description: 'How many shifts are concerned; 0 for the event itself' }),
        shiftIds: Type.Array(Id, { description: 'The first hundred of them' }),
      }),
    ),
  },
  { $id: 'PublicationCheck' },
)
export type PublicationCheck = Static<typeof PublicationCheck>

// Shifts · 岗位班次

const Skill = Type.Object(
  { skill: line(40), min: Type.Integer({ minimum: 1, maximum: 10_000 }) },
  { additionalProperties: false },
)

export const ShiftView = Type.Object(
  {
    id: Id,
    version: Type.Integer(),
    eventId: Id,
    zone: Type.Object({
      id: Id,
      name: Type.String(),
      kind: Type.String(),
      districtCode: nullable(Type.String()),
    }),
    work: Type.String(),
    startsAt: Instant,
    endsAt: Instant,
    min: Type.Integer(),
    target: Type.Integer(),
    max: Type.Integer(),
    taken: Type.Integer({ description: 'People in place and heads held for teams' }),
    minorsAllowed: Type.Boolean(),
    skills: Type.Array(Skill),
    meetingPoint: nullable(Type.String()),
    inCharge: nullable(Named),
    deputy: nullable(Named),
    tools: nullable(Type.String()),
    toolsBroughtBy: nullable(Type.String()),
    risks: nullable(Type.String()),
    insurance: nullable(Type.String()),
    recordable: Type.Boolean(),
    recordableReason: nullable(Type.String()),
    batchId: nullable(Id),
    cancelledAt: nullable(Instant),
    cancelReason: nullable(Type.String()),
    createdAt: Instant,
  },
  { $id: 'Shift' },
)
export type ShiftView = Static<typeof ShiftView>
export const ShiftPage = Page(ShiftView)

const demand = {
  work: line(100),
  min: Heads,
  target: Heads,
  max: Type.Integer({ minimum: 1, maximum: 10_000 }),
}
const shiftFields = {
  minorsAllowed: Type.Boolean(),
  skills: Type.Array(Skill, { maxItems: 20 }),
  meetingPoint: nullable(line(200)),
  inChargePersonId: nullable(Id),
  deputyPersonId: nullable(Id),
  tools: nullable(prose(1000)),
  toolsBroughtBy: nullable(line(100)),
  risks: nullable(prose(2000)),
  insurance: nullable(prose(1000)),
  recordable: Type.Boolean(),
  recordableReason: nullable(line(200)),
}
const placeAndTime = { zoneId: Id, startsAt: Instant, endsAt: Instant }

/** The fields of a shift except zone and time. */
export const ShiftTemplate = Type.Object(
  { ...demand, ...Type.Partial(Type.Object(shiftFields)).properties },
  { additionalProperties: false },
)
export type ShiftTemplate = Static<typeof ShiftTemplate>
export const ShiftCreation = Body({ ...placeAndTime, ...ShiftTemplate.properties })
export type ShiftCreation = Static<typeof ShiftCreation>
export const ShiftChange = Body({
  ...Type.Partial(Type.Object({ ...placeAndTime, ...demand, ...shiftFields })).properties,
})
export type ShiftChange = Static<typeof ShiftChange>
/** What shifts are looked for by; bulk acts take the same. */
export const shiftFilter = {
  ...search,
  zoneId: Type.Optional(Id),
  districtCode: Type.Optional(DistrictCode),
  batchId: Type.Optional(Id),
  skill: Type.Optional(line(40)),
  from: Type.Optional(Instant),
  until: Type.Optional(Instant),
  below: Type.Optional(
    Type.Union([Type.Literal('min'), Type.Literal('target'), Type.Literal('max')], {
      description: 'Only shifts with fewer people than this',
    }),
  ),
}
export const ShiftQuery = Type.Object({
  ...PageQuery.properties,
  ...shiftFilter,
  cancelled: Type.Optional(Type.Boolean({ default: false })),
})
export type ShiftQuery = Static<typeof ShiftQuery>

// Batches · 批量班次

export const period = Type.Object({ startsAt: Instant, endsAt: Instant }, { additionalProperties: false })

/** Every zone × every time, each shift made from the template. */
export const BatchSpec = Body({
  zoneIds: Type.Array(Id, { minItems: 1, maxItems: 2000, uniqueItems: true }),
  times: Type.Array(period, { minItems: 1, maxItems: 50 }),
  template: ShiftTemplate,
})
export type BatchSpec = Static<typeof BatchSpec>
export const BatchCreation = Body({
  ...BatchSpec.properties,
  skipConflicts: Type.Optional(
    Type.Boolean({ default: false, description: 'Make the rest when some cannot be made' }),
  ),
})
export type BatchCreation = Static<typeof BatchCreation>

export const DemandTotals = Type.Object({
  shifts: Type.Integer(),
  min: Type.Integer(),
  target: Type.Integer(),
  max: Type.Integer(),
})
export type DemandTotals = Static<typeof DemandTotals>

export const BatchPreview = Type.Object(
  {
    totals: DemandTotals,
    zones: Type.Integer(),
    conflictsTotal: Type.Integer(),
    conflicts: Type.Array(
      Type.Object({ zoneId: Id, startsAt: Instant, endsAt: Instant, because: oneOf(batchConflicts) }),
      { description: 'What would not be made, and why; the first 500' },
    ),
    sample: Type.Array(Type.Object({ zone: Named, startsAt: Instant, endsAt: Instant }), {
      description: 'The first twenty that would be made',
    }),
  },
  { $id: 'ShiftBatchPreview' },
)
export type BatchPreview = Static<typeof BatchPreview>

export const BatchView = Type.Object(
  {
    id: Id,
    eventId: Id,
    made: Type.Integer(),
    totals: DemandTotals,
    createdAt: Instant,
    undoneAt: nullable(Instant),
  },
  { $id: 'ShiftBatch' },
)
export type BatchView = Static<typeof BatchView>
export const BatchPage = Page(BatchView)

// Figures · 需求汇总

const Demand = Type.Object({ ...DemandTotals.properties, taken: Type.Integer() })
export const DemandFigures = Type.Object(
  {
    total: Demand,
    districts: Type.Array(Type.Object({ districtCode: nullable(Type.String()), ...Demand.properties })),
    kinds: Type.Array(Type.Object({ kind: Type.String(), ...Demand.properties })),
    zones: Type.Array(Type.Object({ zone: Named, ...Demand.properties })),
  },
  { $id: 'DemandFigures' },
)
export type DemandFigures = Static<typeof DemandFigures>
