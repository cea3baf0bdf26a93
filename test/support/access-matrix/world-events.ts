/** Zones, events, proposals and snapshots of the matrix. */
import { eq } from 'drizzle-orm'
import { kept } from '#modules/events/revising/revision-rules.ts'
import {
  campaigns,
  events,
  shiftBatches,
  shiftCancellations,
  shiftRevisionRows,
  shiftRevisions,
  shiftSeats,
  shifts,
} from '#modules/events/schema.ts'
import { screens } from '#modules/live/schema.ts'
import { transfers } from '#modules/mobilization/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { TestApp } from '#test/support/app.ts'
import { aPlace } from '#test/support/factories/events.ts'
import { aResponsibility, aZone } from '#test/support/factories/grid.ts'
import { aPerson, aTeam, aUnit } from '#test/support/factories/organisation.ts'
import { since } from './world-people.ts'
import { aPlan } from './world-plans.ts'

export const startsAt = instantFrom('2026-03-04T13:30:00+08:00')

export const endsAt = instantFrom('2026-03-04T17:30:00+08:00')

export interface GridThings {
  zone: string
  zoneCode: string
  responsibility: string
  /** Somebody answers for the zone, too: their duty and their name. */
  keeperDuty: string
  keeperName: string
}

type DistrictZone = { id: string; path: string }

/** The zone that is the district itself: those below it are in the district because of it. */
export function districtZone({ db }: TestApp, district: string): Promise<DistrictZone> {
  return aZone(db, { kind: 'district', code: district, districtCode: district })
}

/** A zone of the district for which the unit answers. */
export async function gridThings(
  app: TestApp,
  {
    unit,
    parent,
    district,
    closed,
  }: { unit: string; parent: DistrictZone; district: string; closed: boolean },
): Promise<GridThings> {
  const { db } = app
  const zoneCode = `grid-${newId().slice(-12)}`
  const zone = await aPlace(db, {
    parent,
    districtCode: district,
    code: zoneCode,
    closedAt: closed ? since : null,
  })
  const responsibility = await aResponsibility(db, { zoneId: zone.id, unitId: unit })
  const keeperName = `包保${zoneCode.slice(-4)}人`
  const { id: personId } = await aPerson(app, {
    name: keeperName,
    teamId: (await aTeam(db, { unitId: unit })).id,
  })
  const keeper = await aResponsibility(db, { zoneId: zone.id, personId, level: 'counsellor' })
  return {
    zone: zone.id,
    zoneCode,
    responsibility: responsibility.id,
    keeperDuty: keeper.id,
    keeperName,
  }
}

interface EventWanted {
  unit: string
  zone: string
  state: 'draft' | 'published' | 'closed'
  /** Is in charge of its shift. */
  person: string
}

/** An event of the unit with one shift in the zone. */
async function anEventOf(app: TestApp, { unit, zone, state, person }: EventWanted) {
  const event = newId()
  const row = {
    id: event,
    name: '学雷锋',
    searchName: '学雷锋',
    organiserUnitId: unit,
    timeZone: 'Asia/Shanghai',
  }
  const times = {
    startsAt: startsAt.minus({ hours: 5 }),
    endsAt: endsAt.plus({ hours: 5 }),
    createdAt: since,
    publishedAt: state === 'draft' ? null : since,
    closedAt: state === 'closed' ? since : null,
  }
  await app.db.transaction((tx) => tx.insert(events).values({ ...row, ...times }))
  return { event, shift: await aShiftOf(app, { event, zone, inChargePersonId: person }) }
}

async function aShiftOf(
  { db }: TestApp,
  { event, zone, ...more }: { event: string; zone: string } & Partial<typeof shifts.$inferInsert>,
) {
  const id = newId()
  const wanted = { work: '清理小广告', min: 0, target: 90, max: 90, insurance: '已投保', risks: '注意车辆' }
  const row = { id, eventId: event, zoneId: zone, ...wanted, startsAt, endsAt, createdAt: since, ...more }
  await db.transaction(async (tx) => {
    await tx.insert(shifts).values(row)
    await tx.insert(shiftSeats).values({ shiftId: id, max: wanted.max, taken: 40 })
  })
  return id
}

/** An act that called off a shift. */
async function aCancellation(
  app: TestApp,
  { event, zone }: { event: string; zone: string },
): Promise<string> {
  const id = newId()
  const row = { id, eventId: event, selection: { zoneId: zone }, reason: '雨', shifts: 1, people: 0 }
  await app.db.transaction((tx) =>
    tx.insert(shiftCancellations).values({ ...row, createdAt: since, tellsAt: since }),
  )
  await aShiftOf(app, { event, zone, cancellationId: id, cancelledAt: since, cancelReason: '雨' })
  return id
}

/** An act that changed the shift. */
async function aRevision(
  { db }: TestApp,
  { event, shift }: { event: string; shift: string },
): Promise<string> {
  const id = newId()
  const row = { id, eventId: event, selection: { shiftIds: [shift] }, shifts: 1, people: 0, tells: false }
  await db.transaction(async (tx) => {
    const [was] = await tx.select().from(shifts).where(eq(shifts.id, shift))
    await tx.insert(shiftRevisions).values({ ...row, change: { tools: '铲刀' }, createdAt: since })
    const before = kept({ ...was!, tools: '扫帚' })
    await tx.insert(shiftRevisionRows).values({ revisionId: id, shiftId: shift, before, version: 1 })
  })
  return id
}

export interface EventThings {
  /** Published, or closed where the position is. */
  event: string
  shift: string
  /** An event that is not published yet, or the closed one. */
  draft: string
  batch: string
  /** Called off one shift of `event` in the zone; nobody was on it. */
  cancellation: string
  /** Changed what is to be brought to `shift`. */
  revision: string
  /** Gave a head of a far team a place on `shift`. */
  transfer: string
  /** An applied proposal of `event` that places `farPerson`, and one that waits, of `draft`. */
  plan: string
  waitingPlan: string
  snapshot: string
  /** Shows the figures of `event`. */
  screen: string
  /** A shift of the far event in the zone: only the zone's district decides. */
  farShiftInZone: string
}

/** Events organised by the unit, in the zone. */
export async function eventThings(
  app: TestApp,
  { farEvent, farPerson: person, farTeam }: FarEvents,
  { unit, zone, closed }: { unit: string; zone: string; closed: boolean },
): Promise<EventThings> {
  const { event, shift } = await anEventOf(app, {
    unit,
    zone,
    state: closed ? 'closed' : 'published',
    person,
  })
  const draft = closed ? event : (await anEventOf(app, { unit, zone, state: 'draft', person })).event
  const batch = newId()
  const template = { work: '清理', min: 0, target: 1, max: 2 }
  const spec = { zoneIds: [zone], times: [], template }
  await app.db.transaction(async (tx) => {
    await tx.insert(shiftBatches).values({ id: batch, eventId: draft, spec, made: 1, createdAt: since })
  })
  await aShiftOf(app, { event: draft, zone, batchId: batch, inChargePersonId: person })
  const cancellation = await aCancellation(app, { event, zone })
  const revision = await aRevision(app, { event, shift })
  const transfer = newId()
  await app.db.transaction((tx) =>
    tx.insert(transfers).values({
      ...{ id: transfer, eventId: event, byUserId: newId(), places: [], createdAt: since },
      heads: [{ teamId: farTeam, fromShiftId: null, toShiftId: shift, heads: 1, minors: 0 }],
    }),
  )
  const taken = await app.as('city_office').post(`/api/events/${event}/report-snapshots`).send({}).expect(201)
  const screen = newId()
  const shown = {
    id: screen,
    eventId: event,
    name: '指挥大厅',
    tokenHash: screen,
    createdByUserId: screen,
    createdAt: since,
  }
  await app.db.transaction((tx) => tx.insert(screens).values(shown))
  const farShiftInZone = await aShiftOf(app, { event: farEvent, zone })
  const plan = await aPlan(app, { event, state: 'applied' })
  const waitingPlan = await aPlan(app, { event: draft, state: 'queued' })
  return {
    event,
    shift,
    draft,
    batch,
    cancellation,
    revision,
    transfer,
    snapshot: taken.body.id,
    screen,
    farShiftInZone,
    plan,
    waitingPlan,
  }
}

export interface FarEvents {
  /** A zone, a unit and an event of a third district, so that only the team of what hangs there decides. */
  farZone: string
  farUnit: string
  farEvent: string
  farShift: string
  /** Another shift there, on which nobody is. */
  emptyShift: string
  farDraft: string
  /** Somebody who has a place there already, as unknown to all positions. */
  farTeam: string
  farPerson: string
  /** One that was applied; nothing is left to do. */
  farAppliedPlan: string
  /** Proposals that place the people of all teams. */
  farPlan: string
  farPlanBefore: string
  campaign: string
}

/** What belongs to none of the positions. */
export async function farEvents(app: TestApp, district: string): Promise<FarEvents> {
  const { db } = app
  const { id: farUnit } = await aUnit(db, { name: '第三区文明办', districtCode: district })
  const { id: farZone } = await aPlace(db, { districtCode: district })
  const { id: farTeam } = await aTeam(db, { unitId: farUnit })
  const { id: farPerson } = await aPerson(app, { teamId: farTeam })
  const { event, shift } = await anEventOf(app, {
    person: farPerson,
    unit: farUnit,
    zone: farZone,
    state: 'published',
  })
  const emptyShift = await aShiftOf(app, { event, zone: farZone })
  const draft = await anEventOf(app, { person: farPerson, unit: farUnit, zone: farZone, state: 'draft' })
  const farPlan = await aPlan(app, { event, state: 'proposed' })
  const farPlanBefore = await aPlan(app, { event, state: 'proposed' })
  const farAppliedPlan = await aPlan(app, { event, state: 'applied' })
  const campaign = newId()
  await db.transaction((tx) =>
    tx.insert(campaigns).values({
      id: campaign,
      name: '四整治四提升',
      searchName: '四整治四提升',
      startsOn: '2026-03-01',
      endsOn: '2026-03-31',
      createdAt: since,
    }),
  )
  const far = {
    farTeam,
    farPerson,
    farZone,
    farUnit,
    farEvent: event,
    farShift: shift,
    emptyShift,
    farDraft: draft.event,
  }
  return { ...far, farAppliedPlan, farPlan, farPlanBefore, campaign }
}
