import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { record } from '#platform/audit/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { stale } from './campaigns.ts'
import { assertOpen } from './change-event.ts'
import type { ShiftChange } from './contract.ts'
import { checkDemand, checkPeople, checkRecordable, checkShiftPeriod, checkZone } from './create-shift.ts'
import { eventRow } from './event-queries.ts'
import { checkPeriod, readInstant } from './instants.ts'
import type { ShiftPeople } from './people.ts'
import { assertServes } from './reach.ts'
import { shiftSkills, shifts } from './schema.ts'
import { resizeSeats } from './seats.ts'
import { type FullShift, fullShift, type ShiftRow, shiftRow, skillsOf } from './shift-queries.ts'

export interface ChangeShift {
  shiftId: string
  version: number
  input: ShiftChange
  by: Actor
  at: DateTime
}

/**
 * Changes a shift, whose people stay. What would harm them is refused: fewer places than are taken, a time at
 * which somebody would stand on two shifts, closing it to minors who are on it. The fact `shift.changed` tells
 * those above what changed once the event is published.
 * @throws DomainError `shift.missing`, `version.stale`, `shift.cancelled`, `shift.below_taken`, `shift.would_overlap`,
 *   `shift.has_minors`, and whatever `createShift` throws
 */
export async function changeShift(tx: Writer, people: ShiftPeople, request: ChangeShift): Promise<FullShift> {
  const { shiftId, version, input, by, at } = request
  const shift = await shiftRow(tx, shiftId)
  const event = await eventRow(tx, shift.eventId)
  const zoneIds = [shift.zoneId, ...(input.zoneId ? [input.zoneId] : [])]
  await assertServes(tx, by, 'events.edit', { organiserUnitId: event.organiserUnitId, zoneIds })
  if (shift.version !== version) throw stale(shift.version)
  assertOpen(event)
  if (shift.cancelledAt) throw new DomainError('conflict', 'shift.cancelled', 'The shift was cancelled.')

  const { skills, startsAt, endsAt, ...fields } = input
  const next = {
    ...shift,
    ...fields,
    startsAt: startsAt ? readInstant(startsAt) : shift.startsAt,
    endsAt: endsAt ? readInstant(endsAt) : shift.endsAt,
  }
  const changed = changesOf(shift, next, skills !== undefined)
  checkDemand({ ...next, skills: skills ?? (await skillsOf(tx, [shiftId])).get(shiftId) ?? [] })
  checkRecordable(next)
  if (changed.includes('time')) {
    checkShiftPeriod(event, checkPeriod(next))
    await checkOverlaps(tx, people, next)
  }
  if (changed.includes('place') || (next.minorsAllowed && !shift.minorsAllowed)) {
    await checkZone(tx, next.zoneId, next.minorsAllowed)
  }
  if (shift.minorsAllowed && !next.minorsAllowed) await checkNoMinors(tx, people, shiftId)
  await checkPeople(tx, [input.inChargePersonId, input.deputyPersonId])
  if (next.max !== shift.max) await resize(tx, shiftId, next.max)

  await tx
    .update(shifts)
    .set({ ...fields, startsAt: next.startsAt, endsAt: next.endsAt, version: version + 1 })
    .where(eq(shifts.id, shiftId))
  if (skills) {
    await tx.delete(shiftSkills).where(eq(shiftSkills.shiftId, shiftId))
    if (skills.length > 0) await tx.insert(shiftSkills).values(skills.map((each) => ({ shiftId, ...each })))
  }
  await record(tx, { action: 'shift.changed', subject: `shift:${shiftId}`, by, at, details: { changed } })
  if (event.publishedAt && changed.length > 0) await enqueue(tx, 'shift.changed', { shiftId, changed })
  return fullShift(tx, shiftId)
}

/** What of a shift people go by. */
export type ShiftFacet = 'time' | 'place' | 'task' | 'contact' | 'demand' | 'other'

function changesOf(before: ShiftRow, after: ShiftRow, skillsNamed: boolean): ShiftFacet[] {
  const differs = (...keys: (keyof ShiftRow)[]) =>
    keys.some((key) => before[key]?.valueOf() !== after[key]?.valueOf())
  const facets: Record<ShiftFacet, boolean> = {
    time: differs('startsAt', 'endsAt'),
    place: differs('zoneId', 'meetingPoint'),
    task: differs('task'),
    contact: differs('inChargePersonId', 'deputyPersonId'),
    demand: differs('min', 'target', 'max', 'minorsAllowed') || skillsNamed,
    other: differs('tools', 'toolsBroughtBy', 'risks', 'insurance', 'recordable', 'recordableReason'),
  }
  return (Object.keys(facets) as ShiftFacet[]).filter((facet) => facets[facet])
}

async function checkOverlaps(tx: Writer, people: ShiftPeople, shift: ShiftRow): Promise<void> {
  const overlapping = await people.wouldOverlap(tx, shift.id, shift)
  if (overlapping.length === 0) return
  const message = `${overlapping.length} people would stand on two shifts at once. Take them off first.`
  throw new DomainError('conflict', 'shift.would_overlap', message, {
    people: overlapping.length,
    overlapping: overlapping.slice(0, 100),
  })
}

async function checkNoMinors(tx: Writer, people: ShiftPeople, shiftId: string): Promise<void> {
  const { minors } = await people.on(tx, [shiftId])
  if (minors === 0) return
  const message = `${minors} minors are on the shift. Take them off first.`
  throw new DomainError('conflict', 'shift.has_minors', message, { minors })
}

async function resize(tx: Writer, shiftId: string, max: number): Promise<void> {
  if (await resizeSeats(tx, shiftId, max)) return
  const { taken } = await fullShift(tx, shiftId)
  const message = `${taken} places are taken. Take people off before lowering the number of places.`
  throw new DomainError('conflict', 'shift.below_taken', message, { taken, max })
}
