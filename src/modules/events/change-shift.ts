import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { withCurrentPeople } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Writer } from '#platform/database/port.ts'
import { assertVersion, updateVersioned } from '#platform/database/versioned.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { enqueue } from '#platform/jobs/queue.ts'
import { assertOpen, assertShiftNotOver } from './change-event.ts'
import type { ShiftChange } from './contract.ts'
import { assertDemand, assertRecordable, assertShiftPeriod, assertZone, peopleNamed } from './create-shift.ts'
import { eventRow } from './event-queries.ts'
import { assertInCharge } from './in-charge.ts'
import { assertPeriod, readInstant } from './instants.ts'
import type { ShiftPeople } from './people.ts'
import { assertServes } from './reach.ts'
import { reportInCharge } from './report-in-charge.ts'
import { shiftSkills, shifts } from './schema.ts'
import { resizeSeats } from './seats.ts'
import { noteChange } from './shift-changes.ts'
import { type FullShift, fullShift, type ShiftRow, shiftRow, skillsOf } from './shift-queries.ts'
import { assertSkills } from './skills.ts'

export interface ChangeShift {
  shiftId: string
  version: number
  input: ShiftChange
  by: Actor
  at: DateTime
}

/**
 * Changes a shift under its optimistic lock; its people stay on it. Changes that would harm them are refused: fewer
 * places than are taken, a time that overlaps another shift of one of them, no minors while minors are on it, another
 * time or place once it is over (people would check in the day after). For a
 * published event the job `shift.changed` reports which parts changed.
 * @throws DomainError `shift.missing`, `version.stale`, `shift.cancelled`, `shift.over`, `shift.below_taken`,
 *   `shift.would_overlap`, `shift.has_minors`, and every error of `createShift`
 */
export async function changeShift(
  tx: Writer,
  keys: KeyRing,
  people: ShiftPeople,
  request: ChangeShift,
): Promise<FullShift> {
  const { shiftId, version, by, at } = request
  const input = await withCurrentPeople(tx, request.input, peopleNamed)
  const shift = await shiftRow(tx, shiftId)
  const event = await eventRow(tx, shift.eventId)
  const zoneIds = [shift.zoneId, ...(input.zoneId ? [input.zoneId] : [])]
  await assertServes(tx, by, 'events.edit', { organiserUnitId: event.organiserUnitId, zoneIds })
  assertVersion(shift, version)
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
  if (changed.includes('time') || changed.includes('place')) assertShiftNotOver(event, shift, at)
  assertDemand({ ...next, skills: skills ?? (await skillsOf(tx, [shiftId])).get(shiftId) ?? [] })
  if (skills) await assertSkills(tx, shift.eventId, skills, shiftId)
  assertRecordable(next)
  if (changed.includes('time')) {
    assertShiftPeriod(event, assertPeriod(next))
    await assertNoOverlaps(tx, people, next)
  }
  if (changed.includes('place') || (next.minorsAllowed && !shift.minorsAllowed)) {
    await assertZone(tx, next.zoneId, next.minorsAllowed)
  }
  if (shift.minorsAllowed && !next.minorsAllowed) await assertNoMinors(tx, people, shiftId)
  const { timeZone } = event
  await assertInCharge(tx, keys, by, { wanted: input, present: shift, startsAt: next.startsAt, timeZone })
  if (next.max !== shift.max) await resize(tx, shiftId, next.max)

  const times = { startsAt: next.startsAt, endsAt: next.endsAt }
  await updateVersioned(tx, shifts, shiftId, version, { ...fields, ...times })
  if (skills) {
    await tx.delete(shiftSkills).where(eq(shiftSkills.shiftId, shiftId))
    if (skills.length > 0) await tx.insert(shiftSkills).values(skills.map((each) => ({ shiftId, ...each })))
  }
  await record(tx, { action: 'shift.changed', subject: `shift:${shiftId}`, by, at, details: { changed } })
  if (event.publishedAt && changed.length > 0) await enqueue(tx, 'shift.changed', { shiftId, changed })
  if (event.publishedAt && (changed.includes('time') || changed.includes('place')))
    await noteChange(tx, shift, at)
  if (changed.includes('contact')) await reportInCharge(tx, event)
  return fullShift(tx, shiftId)
}

/** The parts of a shift that other slices react to when they change. */
export type ShiftFacet = 'time' | 'place' | 'work' | 'contact' | 'demand' | 'other'

function changesOf(before: ShiftRow, after: ShiftRow, skillsNamed: boolean): ShiftFacet[] {
  const differs = (...keys: (keyof ShiftRow)[]) =>
    keys.some((key) => before[key]?.valueOf() !== after[key]?.valueOf())
  const facets: Record<ShiftFacet, boolean> = {
    time: differs('startsAt', 'endsAt'),
    place: differs('zoneId', 'meetingPoint'),
    work: differs('work'),
    contact: differs('inChargePersonId', 'deputyPersonId'),
    demand: differs('min', 'target', 'max', 'minorsAllowed') || skillsNamed,
    other: differs('tools', 'toolsBroughtBy', 'risks', 'insurance', 'recordable', 'recordableReason'),
  }
  return (Object.keys(facets) as ShiftFacet[]).filter((facet) => facets[facet])
}

async function assertNoOverlaps(tx: Writer, people: ShiftPeople, shift: ShiftRow): Promise<void> {
  const found = await people.wouldOverlap(tx, new Map([[shift.id, shift]]))
  const overlapping = found.map(({ personId, shiftId }) => ({ personId, shiftId }))
  if (overlapping.length === 0) return
  const message = `${overlapping.length} people would stand on two shifts at once. Take them off first.`
  throw new DomainError('conflict', 'shift.would_overlap', message, {
    people: overlapping.length,
    overlapping: overlapping.slice(0, 100),
  })
}

async function assertNoMinors(tx: Writer, people: ShiftPeople, shiftId: string): Promise<void> {
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
