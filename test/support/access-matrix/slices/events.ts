import { type Ask, anyone, type Case, rule, type Table } from '../declare.ts'
import type { Target } from '../world.ts'

const closedEvent = { closed: '409 event.closed' } as const
const atEvent = ({ event }: Target): Ask => ({ params: { eventId: event } })
const period = { startsAt: '2026-03-04T06:00:00Z', endsAt: '2026-03-04T07:00:00Z' }
const demand = { work: '文明劝导', min: 0, target: 1, max: 2 }
const aShift = (event: string, zoneId: string): Ask => ({
  params: { eventId: event },
  body: { zoneId, ...period, ...demand },
})
const inCharge = (ask: Ask, person: string): Ask => ({
  ...ask,
  body: { ...(ask.body as object), inChargePersonId: person },
})
const personMissing = '404 person.missing'
const people = ['own', 'beside', 'sibling', 'other', 'parent', 'shared'] as const
const moving = (shift: string, zoneId: string): Ask => ({
  params: { shiftId: shift },
  version: 1,
  body: { zoneId },
})
const aBatch = (event: string, zoneId: string): Ask => ({
  params: { eventId: event },
  body: { zoneIds: [zoneId], times: [period], template: demand },
})
const cancelling = (event: string, where: object): Ask => ({
  params: { eventId: event },
  body: { where, reason: '暴雨' },
})
const revising = (event: string, where: object, change: object = { tools: '铲刀' }): Ask => ({
  params: { eventId: event },
  body: { where, change },
})
const batchInCharge: Case = {
  name: 'with somebody in charge',
  whose: 'person',
  at: people,
  ask: ({ person }, { own }) => {
    const batch = aBatch(own.event, own.zone)
    const { template, ...body } = batch.body as { template: object }
    return { ...batch, body: { ...body, template: { ...template, inChargePersonId: person } } }
  },
  refused: personMissing,
}
/** The organiser decides: the zone is far away. Or the district of the zone does: the organiser is. */
const byOrganiser = { name: 'by the organiser', whose: 'unit', allowed: closedEvent } as const
const byZone = { name: 'by the district of the zone', whose: 'zone' } as const
const openZones = { at: ['own', 'sibling', 'other', 'parent'] } as const

/** What is on is no secret; it is changed by whoever answers for the organiser, shifts by the zone's district too. */
export const events: Table = {
  listCampaigns: anyone('events.read', () => ({})),
  readCampaign: anyone('events.read', (_, { campaign }) => ({ params: { campaignId: campaign } })),
  // A campaign belongs to nobody.
  createCampaign: anyone('events.edit', () => ({
    body: { name: '每周主题', startsOn: '2026-03-01', endsOn: '2026-03-07' },
  })),
  changeCampaign: anyone('events.edit', (_, { campaign }) => ({
    params: { campaignId: campaign },
    version: 1,
    body: { description: '每周一个主题' },
  })),
  listEvents: anyone('events.read', () => ({})),
  readEvent: anyone('events.read', atEvent),
  checkPublication: anyone('events.read', atEvent),
  readDemand: anyone('events.read', atEvent),
  createEvent: rule(
    'events.edit',
    'unit',
    ({ unit }) => ({ body: { name: '新活动', organiserUnitId: unit, timeZone: 'Asia/Shanghai', ...period } }),
    { allowed: { closed: '409 unit.closed' }, refused: '403 access.out_of_reach' },
  ),
  copyEvent: rule(
    'events.edit',
    'unit',
    (target) => ({ ...atEvent(target), body: { name: '再办一次', startsAt: '2026-04-04T06:00:00Z' } }),
    { allowed: { closed: '409 unit.closed' }, refused: '403 access.out_of_reach' },
  ),
  changeEvent: {
    access: 'events.edit',
    cases: [
      {
        whose: 'unit',
        ask: (target) => ({ ...atEvent(target), version: 1, body: { theme: '学雷锋' } }),
        allowed: closedEvent,
      },
      {
        name: 'to another organiser',
        whose: 'unit',
        at: ['sibling', 'other', 'parent'],
        ask: ({ unit }, { own }) => ({ ...atEvent(own), version: 1, body: { organiserUnitId: unit } }),
      },
    ],
  },
  publishEvent: rule('events.publish', 'unit', ({ draft }) => ({ params: { eventId: draft } }), {
    allowed: closedEvent,
  }),
  closeEvent: rule('events.publish', 'unit', atEvent),
  cancelEvent: rule(
    'events.publish',
    'unit',
    (target) => ({ ...atEvent(target), body: { reason: '暴雨' } }),
    {
      allowed: closedEvent,
    },
  ),
  listShifts: anyone('events.read', atEvent),
  readShift: anyone('events.read', ({ shift }) => ({ params: { shiftId: shift } })),
  createShift: {
    access: 'events.edit',
    cases: [
      { ...byOrganiser, ask: ({ event }, { farZone }) => aShift(event, farZone) },
      {
        ...byZone,
        ask: ({ zone }, { farEvent }) => aShift(farEvent, zone),
        allowed: { closed: '409 zone.closed' },
      },
      {
        // Nobody learns a stranger's name, or gives out their number, by putting them in charge.
        name: 'with somebody in charge',
        whose: 'person',
        at: people,
        ask: ({ person }, { own }) => inCharge(aShift(own.event, own.zone), person),
        refused: personMissing,
      },
    ],
  },
  changeShift: {
    access: 'events.edit',
    cases: [
      // At its position an event's shift lies in the zone there: either scope will do.
      {
        whose: ['unit', 'zone'],
        ask: ({ shift }) => ({ params: { shiftId: shift }, version: 1, body: { tools: '铲刀' } }),
        allowed: closedEvent,
      },
      {
        name: 'into another zone',
        whose: 'zone',
        ...openZones,
        ask: ({ zone }, { own }) => moving(own.farShiftInZone, zone),
      },
      {
        name: 'out of another zone',
        whose: 'zone',
        ...openZones,
        ask: ({ farShiftInZone }, { own }) => moving(farShiftInZone, own.zone),
      },
      {
        name: 'somebody is put in charge',
        whose: 'person',
        at: people,
        ask: ({ person }, { own }) => inCharge({ params: { shiftId: own.shift }, version: 1 }, person),
        refused: personMissing,
      },
    ],
  },
  cancelShift: rule(
    'events.edit',
    'unit',
    ({ shift }) => ({ params: { shiftId: shift }, body: { reason: '暴雨' } }),
    { allowed: closedEvent },
  ),
  previewShiftCancellation: {
    access: 'events.edit',
    cases: [
      { ...byOrganiser, ask: ({ event, shift }) => cancelling(event, { shiftIds: [shift] }) },
      {
        ...byZone,
        ...openZones,
        ask: ({ farShiftInZone }, { farEvent }) => cancelling(farEvent, { shiftIds: [farShiftInZone] }),
      },
    ],
  },
  // Whoever was shown nothing has nothing to do; who was shown it is looked at again.
  cancelShifts: anyone(
    'events.edit',
    ({ event }, { campaign }) => ({ params: { eventId: event }, body: { token: campaign } }),
    { allowed: '404 preview.missing' },
  ),
  undoShiftCancellation: rule(
    'events.edit',
    ['unit', 'zone'],
    ({ cancellation }) => ({ params: { cancellationId: cancellation } }),
    { allowed: closedEvent },
  ),
  listShiftCancellations: anyone('events.read', atEvent),
  readShiftCancellation: anyone('events.read', ({ cancellation }) => ({
    params: { cancellationId: cancellation },
  })),
  previewShiftRevision: {
    access: 'events.edit',
    cases: [
      { ...byOrganiser, ask: ({ event, shift }) => revising(event, { shiftIds: [shift] }) },
      {
        ...byZone,
        ...openZones,
        ask: ({ farShiftInZone }, { farEvent }) => revising(farEvent, { shiftIds: [farShiftInZone] }),
      },
      {
        name: 'into another zone',
        whose: 'zone',
        ...openZones,
        ask: ({ zone }, { own, farEvent }) =>
          revising(farEvent, { shiftIds: [own.farShiftInZone] }, { zoneId: zone, tools: '铲刀' }),
      },
    ],
  },
  // As with a cancellation: whoever was shown nothing has nothing to do.
  reviseShifts: anyone(
    'events.edit',
    ({ event }, { campaign }) => ({ params: { eventId: event }, body: { token: campaign } }),
    { allowed: '404 preview.missing' },
  ),
  undoShiftRevision: rule(
    'events.edit',
    ['unit', 'zone'],
    ({ revision }) => ({ params: { revisionId: revision } }),
    { allowed: closedEvent },
  ),
  listShiftRevisions: anyone('events.read', atEvent),
  readShiftRevision: anyone('events.read', ({ revision }) => ({ params: { revisionId: revision } })),
  previewShiftBatch: {
    access: 'events.edit',
    cases: [
      {
        whose: 'anyone',
        at: ['own', 'other', 'closed'],
        ask: ({ draft }, { farZone }) => aBatch(draft, farZone),
      },
      batchInCharge,
    ],
  },
  makeShiftBatch: {
    access: 'events.edit',
    cases: [
      { ...byOrganiser, ask: ({ event }, { farZone }) => aBatch(event, farZone) },
      { ...byZone, ...openZones, ask: ({ zone }, { farEvent }) => aBatch(farEvent, zone) },
      batchInCharge,
    ],
  },
  undoShiftBatch: rule('events.edit', 'unit', ({ batch }) => ({ params: { batchId: batch } }), {
    allowed: { closed: '409 event.published' },
  }),
  listShiftBatches: anyone('events.read', ({ draft }) => ({ params: { eventId: draft } })),
  readShiftBatch: anyone('events.read', ({ batch }) => ({ params: { batchId: batch } })),
}
