import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { events, shiftSkills, shifts } from '#modules/events/schema.ts'
import { responsibilities, zones } from '#modules/grid/schema.ts'
import { units } from '#modules/organisation/schema.ts'
import type { Reader } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'

export type EventRow = typeof events.$inferSelect

/**
 * The event, if it can be planned.
 * @throws DomainError `event.missing`, `event.closed` when it is over or cancelled
 */
export async function plannableEvent(db: Reader, eventId: string): Promise<EventRow> {
  const [event] = await db.select().from(events).where(eq(events.id, eventId))
  if (!event) throw new DomainError('missing', 'event.missing', 'There is no such event.', { eventId })
  if (event.closedAt || event.cancelledAt)
    throw new DomainError('conflict', 'event.closed', 'The event is over or called off.', { eventId })
  return event
}

/** The shifts of an event that are not cancelled, with their places, in a fixed order. */
export async function shiftsToPlan(db: Reader, eventId: string) {
  return db
    .select({
      id: shifts.id,
      zoneId: shifts.zoneId,
      startsAt: shifts.startsAt,
      endsAt: shifts.endsAt,
      min: shifts.min,
      target: shifts.target,
      max: shifts.max,
      minorsAllowed: shifts.minorsAllowed,
      zoneKind: zones.kind,
      districtCode: zones.districtCode,
      latitude: zones.centreLatitude,
      longitude: zones.centreLongitude,
      minorsSuitable: zones.minorsSuitable,
    })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt)))
    .orderBy(asc(shifts.id))
}
export type ShiftToPlan = Awaited<ReturnType<typeof shiftsToPlan>>[number]

/** The skills required by the shifts of an event that are not cancelled. */
export async function skillsToPlan(db: Reader, eventId: string) {
  return db
    .select({ shiftId: shiftSkills.shiftId, skill: shiftSkills.skill, min: shiftSkills.min })
    .from(shiftSkills)
    .innerJoin(shifts, eq(shifts.id, shiftSkills.shiftId))
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt)))
    .orderBy(asc(shiftSkills.shiftId), asc(shiftSkills.skill))
}

/** The unit responsible for each zone on a day, by zone id; if there are several, the one responsible the longest. */
export async function unitsInCharge(
  db: Reader,
  zoneIds: readonly string[],
  at: DateTime,
): Promise<Map<string, string>> {
  const day = at.toISODate() ?? ''
  const found = new Map<string, string>()
  for (let from = 0; from < zoneIds.length; from += 500) {
    const rows = await db
      .select({ zoneId: responsibilities.zoneId, unitId: responsibilities.unitId })
      .from(responsibilities)
      .where(
        and(
          inArray(responsibilities.zoneId, zoneIds.slice(from, from + 500)),
          eq(responsibilities.level, 'unit'),
          isNotNull(responsibilities.unitId),
          lte(responsibilities.validFrom, day),
          or(isNull(responsibilities.validUntil), gt(responsibilities.validUntil, day)),
        ),
      )
      .orderBy(asc(responsibilities.validFrom), asc(responsibilities.id))
    for (const { zoneId, unitId } of rows) if (unitId && !found.has(zoneId)) found.set(zoneId, unitId)
  }
  return found
}

/** The district of each unit, by unit id. */
export async function districtsOfUnits(db: Reader): Promise<Map<string, string | null>> {
  const rows = await db.select({ id: units.id, districtCode: units.districtCode }).from(units)
  return new Map(rows.map(({ id, districtCode }) => [id, districtCode]))
}
