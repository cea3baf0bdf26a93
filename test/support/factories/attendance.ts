import { eq, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shiftSeats, shifts } from '#modules/events/schema.ts'
import type { Boundary } from '#modules/grid/geometry.ts'
import { zones } from '#modules/grid/schema.ts'
import { personalLink } from '#modules/mobilization/index.ts'
import { assignments, participations } from '#modules/mobilization/schema.ts'
import { newId } from '#platform/ids.ts'
import { instantFrom } from '#platform/time.ts'
import type { TestApp } from '#test/support/app.ts'
import { aPerson, aTeam, aUnit, type PersonWanted } from './organisation.ts'

/** The reference day: 4 March, 13:30–17:30 in Benxi. */
export const shiftStart = instantFrom('2026-03-04T13:30:00+08:00')
export const shiftEnd = instantFrom('2026-03-04T17:30:00+08:00')

/** A square of about 400 × 400 m in Benxi. */
export const square: Boundary = {
  type: 'Polygon',
  coordinates: [
    [
      [123.76, 41.29],
      [123.765, 41.29],
      [123.765, 41.2936],
      [123.76, 41.2936],
      [123.76, 41.29],
    ],
  ],
}
export const insideSquare = { latitude: 41.292, longitude: 123.762 }

export interface Day {
  eventId: string
  zoneId: string
  shiftId: string
  inChargeId: string
  inChargePhone: string
}

export interface DayWanted {
  boundary?: Boundary | null
  shift?: Partial<typeof shifts.$inferInsert>
  event?: Partial<typeof events.$inferInsert>
}

/** A published event with one shift in one zone, and somebody in charge who has a phone. */
export async function aDay(app: TestApp, wanted: DayWanted = {}): Promise<Day> {
  const inChargePhone = '15400009999'
  const unit = await aUnit(app.db)
  const { id: inChargeId } = await aPerson(app, { name: '王主任', phone: inChargePhone })
  const [eventId, zoneId, shiftId] = [newId(), newId(), newId()]
  const createdAt = app.clock.now()
  await app.db.transaction(async (tx) => {
    await tx.insert(zones).values({
      id: zoneId,
      name: '平山区站前街道',
      searchName: '平山区站前街道',
      pinyin: 'pingshanquzhanqianjiedao',
      kind: 'street',
      path: `/${zoneId}/`,
      districtCode: '210502',
      boundary: wanted.boundary === undefined ? square : wanted.boundary,
      centreLatitude: 41.2918,
      centreLongitude: 123.7625,
      createdAt,
    })
    await tx.insert(events).values({
      id: eventId,
      name: '学雷锋志愿服务日',
      searchName: '学雷锋志愿服务日',
      organiserUnitId: unit.id,
      timeZone: 'Asia/Shanghai',
      startsAt: shiftStart,
      endsAt: shiftEnd,
      publishedAt: createdAt,
      createdAt,
      ...wanted.event,
    })
    await tx.insert(shifts).values({
      id: shiftId,
      eventId,
      zoneId,
      work: '清理小广告',
      startsAt: shiftStart,
      endsAt: shiftEnd,
      min: 1,
      target: 20,
      max: 50,
      minorsAllowed: true,
      meetingPoint: '站前广场东侧',
      tools: '铲刀、水桶',
      risks: '注意来往车辆,不要攀爬电线杆。',
      inChargePersonId: inChargeId,
      createdAt,
      ...wanted.shift,
    })
    await tx.insert(shiftSeats).values({ shiftId, max: 50 })
  })
  return { eventId, zoneId, shiftId, inChargeId, inChargePhone }
}

export interface Volunteer {
  personId: string
  teamId: string
  unitId: string | null
  participationId: string
  assignmentId: string
  token: string
}

/** A person assigned to the day's shift, with a personal link; accepted by default. */
export async function aVolunteer(
  app: TestApp,
  day: Day,
  { answer = 'accepted', ...person }: PersonWanted & { answer?: 'accepted' | 'declined' | null } = {},
): Promise<Volunteer> {
  const team = person.teamId ? { id: person.teamId, unitId: null } : await aTeam(app.db)
  const { id: personId } = await aPerson(app, { name: '张小三', ...person, teamId: team.id })
  const [participationId, assignmentId] = [newId(), newId()]
  const { token, hash } = personalLink(app.context.keys, participationId, 1)
  const createdAt: DateTime = app.clock.now()
  const given = { answer, answeredAt: answer && createdAt }
  await app.db.transaction(async (tx) => {
    await tx.insert(participations).values({
      id: participationId,
      eventId: day.eventId,
      personId,
      teamId: team.id,
      linkHash: hash,
      createdAt,
      ...given,
    })
    await tx.insert(assignments).values({
      id: assignmentId,
      eventId: day.eventId,
      participationId,
      personId,
      shiftId: day.shiftId,
      teamId: team.id,
      unitId: team.unitId,
      origin: 'leader',
      createdAt,
      ...given,
    })
    await tx
      .update(shiftSeats)
      .set({ taken: sql`${shiftSeats.taken} + 1` })
      .where(eq(shiftSeats.shiftId, day.shiftId))
  })
  return { personId, teamId: team.id, unitId: team.unitId, participationId, assignmentId, token }
}
