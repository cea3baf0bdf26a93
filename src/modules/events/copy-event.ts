import { and, asc, eq, isNull } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { zones } from '#modules/grid/schema.ts'
import { inChunks, type Reader, type Writer } from '#platform/database/port.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { isoOf } from '#platform/time.ts'
import type { EventCopy } from './contract.ts'
import { createEvent } from './create-event.ts'
import { eventRow, type FullEvent, fullEvent } from './event-queries.ts'
import { readInstant } from './instants.ts'
import { shiftSeats, shiftSkills, shifts } from './schema.ts'
import { skillsOf } from './shift-queries.ts'

export interface Copied {
  full: FullEvent
  /** Shifts of the earlier event that were not copied, because their zone is closed. */
  leftOut: number
}

/**
 * Makes a draft like an earlier event at another time: what was said about it, and its shifts at the same hours of the day,
 * counted from its start. Cancelled shifts, shifts in closed zones, and everything about people (in charge, placed, asked)
 * are not copied.
 * @throws DomainError `event.missing`, and those of `createEvent`
 */
export async function copyEvent(
  tx: Writer,
  { eventId, input, by, at }: { eventId: string; input: EventCopy; by: Actor; at: DateTime },
): Promise<Copied> {
  const earlier = await eventRow(tx, eventId)
  const { timeZone, theme, description, minorsPerAdult, checkInOpensMin, ownUnit } = earlier
  const starts = readInstant(input.startsAt)
  const move = moverOf(timeZone, earlier.startsAt, starts)
  const made = await createEvent(tx, {
    input: {
      name: input.name,
      organiserUnitId: input.organiserUnitId ?? earlier.organiserUnitId,
      campaignId: input.campaignId ?? null,
      ...{ timeZone, theme, description, minorsPerAdult, checkInOpensMin, ownUnit },
      startsAt: isoOf(starts),
      endsAt: isoOf(move(earlier.endsAt)),
    },
    by,
    at,
  })
  const { live, leftOut } = await shiftsOf(tx, eventId)
  await inChunks(live, 200, async (some) => {
    const skills = await skillsOf(
      tx,
      some.map(({ id }) => id),
    )
    const rows = some.map((shift) => ({
      ...shift,
      id: newId(),
      earlierId: shift.id,
      eventId: made.event.id,
      startsAt: move(shift.startsAt),
      endsAt: move(shift.endsAt),
      inChargePersonId: null,
      deputyPersonId: null,
      batchId: null,
      version: 1,
      createdAt: at,
    }))
    await tx.insert(shifts).values(rows.map(({ earlierId: _, ...row }) => row))
    await tx.insert(shiftSeats).values(rows.map(({ id, max }) => ({ shiftId: id, max })))
    const wanted = rows.flatMap(({ id, earlierId }) =>
      (skills.get(earlierId) ?? []).map((skill) => ({ shiftId: id, ...skill })),
    )
    await inChunks(wanted, 1000, (skillRows) => tx.insert(shiftSkills).values(skillRows))
  })
  return { full: await fullEvent(tx, made.event.id), leftOut }
}

async function shiftsOf(db: Reader, eventId: string) {
  const found = await db
    .select({ shift: shifts, closedAt: zones.closedAt })
    .from(shifts)
    .innerJoin(zones, eq(zones.id, shifts.zoneId))
    .where(and(eq(shifts.eventId, eventId), isNull(shifts.cancelledAt)))
    .orderBy(asc(shifts.startsAt), asc(shifts.id))
  const live = found.filter(({ closedAt }) => closedAt === null).map(({ shift }) => shift)
  return { live, leftOut: found.length - live.length }
}

/** Moves a moment as far as the event moves, by the clocks of its time zone: 13:30 stays 13:30 in another season. */
function moverOf(timeZone: string, from: DateTime, to: DateTime): (moment: DateTime) => DateTime {
  const inZone = (moment: DateTime) => moment.setZone(timeZone)
  const apart = inZone(to).diff(inZone(from), ['days', 'hours', 'minutes'])
  return (moment) => inZone(moment).plus(apart).toUTC()
}
