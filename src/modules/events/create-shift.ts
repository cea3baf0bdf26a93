import { eq } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { zones } from '#modules/grid/schema.ts'
import { withCurrentPeople } from '#modules/organisation/index.ts'
import { record } from '#platform/audit/index.ts'
import type { KeyRing } from '#platform/crypto/index.ts'
import type { Reader, Writer } from '#platform/database/port.ts'
import { DomainError } from '#platform/errors.ts'
import type { Actor } from '#platform/http/access.ts'
import { newId } from '#platform/ids.ts'
import { assertOpen } from './change-event.ts'
import type { ShiftCreation } from './contract.ts'
import { eventRow } from './event-queries.ts'
import { assertInCharge } from './in-charge.ts'
import { readPeriod } from './instants.ts'
import { assertServes } from './reach.ts'
import { reportInCharge } from './report-in-charge.ts'
import { type Demand, demandProblem, shiftHoursMax } from './rules.ts'
import { shiftSeats, shiftSkills, shifts } from './schema.ts'
import { type FullShift, fullShift } from './shift-queries.ts'
import { assertSkills } from './skills.ts'

/**
 * Creates one shift and its row of seats. The event must be a draft or published.
 * @throws DomainError `event.missing`, `event.closed`, `zone.missing`, `zone.closed`, `demand.invalid`,
 *   `period.invalid`, `shift.outside_event`, `shift.too_long`, `shift.minors_unsuitable`, `shift.recordable_reason`, `person.missing`,
 *   `shift.minor_in_charge`, `event.too_many_skills`
 */
export async function createShift(
  tx: Writer,
  keys: KeyRing,
  { eventId, input: stated, by, at }: { eventId: string; input: ShiftCreation; by: Actor; at: DateTime },
): Promise<FullShift> {
  const input = await withCurrentPeople(tx, stated, peopleNamed)
  const event = await eventRow(tx, eventId)
  await assertServes(tx, by, 'events.edit', {
    organiserUnitId: event.organiserUnitId,
    zoneIds: [input.zoneId],
  })
  assertOpen(event)
  const { skills = [], startsAt, endsAt, ...fields } = input
  const period = readPeriod(startsAt, endsAt)
  assertDemand({ ...input, skills })
  await assertSkills(tx, eventId, skills)
  assertRecordable({ recordable: input.recordable ?? true, recordableReason: input.recordableReason ?? null })
  assertShiftPeriod(event, period)
  await assertZone(tx, input.zoneId, input.minorsAllowed ?? false)
  await assertInCharge(tx, keys, by, { wanted: input, startsAt: period.startsAt, timeZone: event.timeZone })
  const id = newId()
  await tx.insert(shifts).values({ ...fields, ...period, id, eventId, createdAt: at })
  await tx.insert(shiftSeats).values({ shiftId: id, max: input.max })
  if (skills.length > 0) await tx.insert(shiftSkills).values(skills.map((each) => ({ shiftId: id, ...each })))
  await record(tx, { action: 'shift.created', subject: `shift:${id}`, by, at, details: { eventId } })
  await reportInCharge(tx, event)
  return fullShift(tx, id)
}

const demandMessages = {
  order: 'It must be that 0 ≤ min ≤ target ≤ max, and max at least 1.',
  skills: 'More people with a skill are asked for than there are places.',
  skill_twice: 'A skill is named twice.',
}

/** The fields of a shift that hold ids of people. */
export const peopleNamed = ['inChargePersonId', 'deputyPersonId'] as const

/** @throws DomainError `demand.invalid` */
export function assertDemand(demand: Demand): void {
  const because = demandProblem(demand)
  if (because) throw new DomainError('invalid', 'demand.invalid', demandMessages[because], { because })
}

/**
 * A shift whose hours are not recorded needs a reason (MCA Order 67 art 19: paid duty and 劳动实践 are not voluntary
 * service).
 * @throws DomainError `shift.recordable_reason`
 */
export function assertRecordable(shift: { recordable: boolean; recordableReason: string | null }): void {
  if (shift.recordable || shift.recordableReason) return
  throw new DomainError('invalid', 'shift.recordable_reason', 'Say why hours on this shift are not recorded.')
}

type Period = { startsAt: DateTime; endsAt: DateTime }

/**
 * A shift must lie within its event and last at most `shiftHoursMax`.
 * @throws DomainError `shift.outside_event`, `shift.too_long`
 */
export function assertShiftPeriod(event: Period, { startsAt, endsAt }: Period): void {
  if (startsAt < event.startsAt || endsAt > event.endsAt) {
    throw new DomainError('invalid', 'shift.outside_event', 'A shift lies within the period of its event.')
  }
  if (endsAt.diff(startsAt, 'hours').hours > shiftHoursMax) {
    const message = `A shift lasts at most ${shiftHoursMax} hours.`
    throw new DomainError('invalid', 'shift.too_long', message, { hoursMax: shiftHoursMax })
  }
}

/**
 * The zone of a shift must be open, and suitable for minors if the shift takes minors.
 * @throws DomainError `zone.missing`, `zone.closed`, `shift.minors_unsuitable`
 */
export async function assertZone(db: Reader, zoneId: string, minorsAllowed: boolean): Promise<void> {
  const [zone] = await db
    .select({ closedAt: zones.closedAt, minorsSuitable: zones.minorsSuitable })
    .from(zones)
    .where(eq(zones.id, zoneId))
  if (!zone) throw new DomainError('missing', 'zone.missing', 'There is no such zone.', { zoneId })
  if (zone.closedAt) throw new DomainError('conflict', 'zone.closed', 'The zone is closed.', { zoneId })
  if (minorsAllowed && !zone.minorsSuitable) {
    throw new DomainError('conflict', 'shift.minors_unsuitable', 'The zone is not suitable for minors.', {
      zoneId,
    })
  }
}
