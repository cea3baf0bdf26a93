import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { EventView, ShiftView } from '#modules/events/contract.ts'
import { zones } from '#modules/grid/schema.ts'
import type { Database } from '#platform/database/port.ts'
import type { TestApp } from '#test/support/app.ts'
import { aZone, type ZoneWanted } from '#test/support/factories/grid.ts'
import { aPerson, aUnit } from '#test/support/factories/organisation.ts'

let made = 0

/** The reference day, 4 March, in Benxi's hours: `onTheDay('13:30')`. */
export function onTheDay(time: string, day = '2026-03-04'): string {
  return new Date(`${day}T${time}:00+08:00`).toISOString()
}

/** A zone for shifts: by default suitable for minors, and open. */
export async function aPlace(
  db: Database,
  { closedAt, ...wanted }: ZoneWanted & { closedAt?: DateTime | null } = {},
): Promise<{ id: string }> {
  const { id } = await aZone(db, { minorsSuitable: true, ...wanted })
  if (closedAt) await db.transaction((tx) => tx.update(zones).set({ closedAt }).where(eq(zones.id, id)))
  return { id }
}

interface EventWanted {
  name?: string
  organiserUnitId?: string
  startsAt?: string
  endsAt?: string
  minorsPerAdult?: number
}

/** A draft for the whole reference day, made by the city office. */
export async function anEvent(app: TestApp, wanted: EventWanted = {}): Promise<EventView> {
  const organiserUnitId = wanted.organiserUnitId ?? (await aUnit(app.db)).id
  const body = {
    name: `学雷锋志愿服务日${++made}`,
    timeZone: 'Asia/Shanghai',
    startsAt: onTheDay('00:00'),
    endsAt: onTheDay('23:59'),
    ...wanted,
    organiserUnitId,
  }
  const reply = await app.as('city_office').post('/api/events').send(body).expect(201)
  return reply.body
}

interface ShiftWanted {
  eventId?: string
  zoneId?: string
  startsAt?: string
  endsAt?: string
  min?: number
  target?: number
  max?: number
  [field: string]: unknown
}

/** A shift on the afternoon of the reference day, with a person in charge; by default of a new event. */
export async function aShift(app: TestApp, wanted: ShiftWanted = {}): Promise<ShiftView> {
  const { eventId = (await anEvent(app)).id, max = 10, ...fields } = wanted
  const body = {
    zoneId: fields.zoneId ?? (await aPlace(app.db)).id,
    work: '清理小广告',
    startsAt: onTheDay('13:30'),
    endsAt: onTheDay('17:30'),
    min: 0,
    target: max,
    max,
    inChargePersonId: (await aPerson(app)).id,
    ...fields,
  }
  const reply = await app.as('city_office').post(`/api/events/${eventId}/shifts`).send(body).expect(201)
  return reply.body
}

/** Makes the event public and waits until everybody is invited. */
export async function publish(app: TestApp, eventId: string): Promise<void> {
  await app.as('city_office').put(`/api/events/${eventId}/publication`).expect(200)
  await app.settled()
}
